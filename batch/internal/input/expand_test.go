package input

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// tree makes files, each holding its own name, and goes to their directory.
func tree(t *testing.T, names ...string) {
	t.Helper()
	t.Chdir(t.TempDir())
	for _, name := range names {
		require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o700))
		require.NoError(t, os.WriteFile(name, []byte(name), 0o600))
	}
}

func TestExpand(t *testing.T) {
	tree(t,
		"b.ndjson", "a.ndjson", "odd[1].ndjson", "odd1.ndjson",
		"logs/2024-02/z.jsonl.gz", "logs/2024-02/a.jsonl.gz", "logs/2024-02-x.jsonl", "logs/2024-10/a.jsonl.gz",
		"logs/.hidden.jsonl", "logs/.git/config.jsonl", "logs/2024-02_manifest.json",
		"logs/out.ndjson.plugreel/part", "logs/out.ndjson.plugreel/lock",
	)
	require.NoError(t, os.Mkdir("empty", 0o700))
	tests := []struct {
		name, reason string
		args         []string
		want         []string // path=rel
	}{
		{"nothing", "the caller says what that means", nil, nil},
		{"files", "argument order, twice if named twice", []string{"b.ndjson", "./a.ndjson", "b.ndjson"},
			[]string{"b.ndjson=b.ndjson", "./a.ndjson=a.ndjson", "b.ndjson=b.ndjson"}},
		{"standard input", "between files", []string{"a.ndjson", "-", "b.ndjson"},
			[]string{"a.ndjson=a.ndjson", "-=-", "b.ndjson=b.ndjson"}},
		{"directory", "recursive, in byte order of the path: - before /; what is hidden is skipped", []string{"logs"},
			[]string{"logs/2024-02-x.jsonl=2024-02-x.jsonl", "logs/2024-02/a.jsonl.gz=2024-02/a.jsonl.gz",
				"logs/2024-02/z.jsonl.gz=2024-02/z.jsonl.gz", "logs/2024-10/a.jsonl.gz=2024-10/a.jsonl.gz"}},
		{"directory with a slash", "the same files", []string{"logs/2024-10/"}, []string{"logs/2024-10/a.jsonl.gz=a.jsonl.gz"}},
		{"hidden directory", "named, so wanted", []string{"logs/.git"}, []string{"logs/.git/config.jsonl=config.jsonl"}},
		{"hidden file and manifest", "named, so wanted", []string{"logs/.hidden.jsonl", "logs/2024-02_manifest.json"},
			[]string{"logs/.hidden.jsonl=.hidden.jsonl", "logs/2024-02_manifest.json=2024-02_manifest.json"}},
		{"pattern", "relative to its fixed part", []string{"logs/*/a.jsonl.gz"},
			[]string{"logs/2024-02/a.jsonl.gz=2024-02/a.jsonl.gz", "logs/2024-10/a.jsonl.gz=2024-10/a.jsonl.gz"}},
		{"pattern of directories", "walked, and the whole sorted", []string{"logs/2024-02*"},
			[]string{"logs/2024-02-x.jsonl=2024-02-x.jsonl", "logs/2024-02/a.jsonl.gz=2024-02/a.jsonl.gz", "logs/2024-02/z.jsonl.gz=2024-02/z.jsonl.gz"}},
		{"pattern that spells out a dot", "then it is meant", []string{"logs/.h*", "logs/*_manifest.json", "logs/*.plugreel/part"},
			[]string{"logs/.hidden.jsonl=.hidden.jsonl", "logs/2024-02_manifest.json=2024-02_manifest.json", "logs/out.ndjson.plugreel/part=out.ndjson.plugreel/part"}},
		{"file whose name is a pattern", "what exists is taken literally", []string{"odd[1].ndjson"}, []string{"odd[1].ndjson=odd[1].ndjson"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			inputs, err := Expand(nil, tt.args)
			require.NoError(t, err)
			var got []string
			for _, in := range inputs {
				got = append(got, filepath.ToSlash(in.Path)+"="+in.Rel)
				if in.Path != Stdin {
					require.EqualValues(t, len(filepath.Clean(in.Path)), in.Size)
				}
			}
			require.Equal(t, tt.want, got, tt.reason)
		})
	}
}

func TestExpandErrors(t *testing.T) {
	tree(t, "a.ndjson", "d/.x", "d/y_manifest.json")
	tests := []struct {
		name, reason string
		args         []string
		want         []string
		is           error
	}{
		{"missing file", "named", []string{"a.ndjson", "b.ndjson"}, []string{"b.ndjson: stat: no such file or directory"}, fs.ErrNotExist},
		{"pattern without match", "it may be a typing error", []string{"*.parquet"}, []string{"*.parquet: expand: no file matches the pattern"}, ErrNoMatch},
		{"pattern that matches hidden files only", "nothing would be read", []string{"d/*"}, []string{"d/*: expand: no file matches the pattern"}, ErrNoMatch},
		{"bad pattern", "the library says", []string{"[a"}, []string{"[a: glob: syntax error in pattern"}, filepath.ErrBadPattern},
		{"directory without files", "it may be the wrong one", []string{"d"}, []string{"d: expand: " + ErrNoFiles.Error()}, ErrNoFiles},
		{"standard input twice", "there is only one", []string{"-", "-"}, []string{"-: expand: standard input can be read only once"}, ErrStdinTwice},
		{"several", "all at once", []string{"x", "d", "y"},
			[]string{"x: stat: no such file or directory", "d: expand: " + ErrNoFiles.Error(), "y: stat: no such file or directory"}, fs.ErrNotExist},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			inputs, err := Expand(nil, tt.args)
			require.Nil(t, inputs)
			require.ErrorIs(t, err, tt.is, tt.reason)
			require.Equal(t, strings.Join(tt.want, "\n"), err.Error())
			var typed *Error
			require.ErrorAs(t, err, &typed)
		})
	}
}

func TestExpandFollowsLinksToFilesOnly(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("symbolic links need a privilege there")
	}
	tree(t, "real/a.ndjson", "d/b.ndjson")
	abs, err := filepath.Abs("real")
	require.NoError(t, err)
	require.NoError(t, os.Symlink(filepath.Join(abs, "a.ndjson"), "d/a.ndjson"))
	require.NoError(t, os.Symlink(abs, "d/loop"))
	inputs, err := Expand(nil, []string{"d"})
	require.NoError(t, err)
	require.Equal(t, []Input{{"d/a.ndjson", "a.ndjson", 13}, {"d/b.ndjson", "b.ndjson", 10}}, inputs)

	inputs, err = Expand(nil, []string{"d/loop"})
	require.NoError(t, err, "a link that is named is followed")
	require.Equal(t, []Input{{"d/loop/a.ndjson", "a.ndjson", 13}}, inputs)

	require.NoError(t, os.Symlink("nowhere", "d/broken"))
	_, err = Expand(nil, []string{"d"})
	require.EqualError(t, err, "d/broken: stat: no such file or directory")
}

// failFS fails one kind of call.
type failFS struct {
	OS
	op  string
	err error
}

func (f failFS) ReadDir(name string) ([]fs.DirEntry, error) {
	if f.op == "list" {
		return nil, f.err
	}
	return f.OS.ReadDir(name)
}

func (f failFS) Stat(name string) (fs.FileInfo, error) {
	if f.op == "stat" && filepath.Ext(name) == ".ndjson" {
		return nil, f.err
	}
	return f.OS.Stat(name)
}

func TestExpandReportsTheSystem(t *testing.T) {
	tree(t, "d/e/a.ndjson")
	cause := errors.New("input/output error")
	for _, op := range []string{"list", "stat"} {
		for _, arg := range []string{"d", "d/e/a.ndjson", "d/e/*.ndjson", "d/*"} {
			if op == "list" && strings.HasSuffix(arg, ".ndjson") {
				continue
			}
			_, err := Expand(failFS{op: op, err: cause}, []string{arg})
			require.ErrorIs(t, err, cause, "%s %s", op, arg)
			var typed *Error
			require.ErrorAs(t, err, &typed)
			require.Equal(t, op, typed.Op)
		}
	}
}

func TestDevicesAreReadOnlyWhenNamed(t *testing.T) {
	if _, err := os.Stat(os.DevNull); err != nil || runtime.GOOS == "windows" {
		t.Skip("no device files")
	}
	inputs, err := Expand(nil, []string{os.DevNull})
	require.NoError(t, err)
	require.Equal(t, []Input{{Path: os.DevNull, Rel: "null"}}, inputs)
	_, err = Expand(nil, []string{"/dev/nul[l]"})
	require.ErrorIs(t, err, ErrNoMatch)
}
