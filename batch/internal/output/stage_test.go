package output

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestPublish(t *testing.T) {
	t.Chdir(t.TempDir())
	put(t, "out.ndjson", "old")
	put(t, "out.dead.ndjson", "old dead")
	s := begin(t, "out.ndjson")
	part := add(t, s, Spec{Name: "part", Final: "out.ndjson", Main: true})
	dead := add(t, s, Spec{Name: "dead", Final: "out.dead.ndjson"})
	add(t, s, Spec{Name: "webhooks", Final: "out.webhooks.ndjson", Perm: 0o600})
	ledger := add(t, s, Spec{Name: "notes"})
	write(t, part, "new")
	write(t, dead, "new dead")
	write(t, ledger, "1")
	require.NoError(t, syncAll(s))
	require.Equal(t, map[string]string{
		"out.ndjson": "old", "out.dead.ndjson": "old dead", "out.ndjson.plugreel/": "", "out.ndjson.plugreel/lock": "",
		"out.ndjson.plugreel/part": "new", "out.ndjson.plugreel/dead": "new dead", "out.ndjson.plugreel/notes": "1",
	}, tree(t), "nothing under a final name yet, no file that nothing was written to")
	require.False(t, s.Published())

	require.NoError(t, s.Publish())
	require.True(t, s.Published())
	require.Equal(t, map[string]string{"out.ndjson": "new", "out.dead.ndjson": "new dead"}, tree(t))

	require.ErrorIs(t, s.Publish(), os.ErrClosed)
	require.NoError(t, s.Discard(), "for a deferred call")
	_, err := part.Write([]byte("x"))
	require.ErrorIs(t, err, os.ErrClosed)
	_, err = s.File(Spec{Name: "x", Final: "x"})
	require.ErrorIs(t, err, os.ErrClosed)
	require.Equal(t, "new", tree(t)["out.ndjson"])
}

func TestSideFileOfAnEarlierRunGoesWhenThereIsNone(t *testing.T) {
	t.Chdir(t.TempDir())
	put(t, "out.ndjson", "old")
	put(t, "out.dead.ndjson", "old dead")
	s := begin(t, "out.ndjson")
	add(t, s, Spec{Name: "part", Final: "out.ndjson", Main: true})
	dead := add(t, s, Spec{Name: "dead", Final: "out.dead.ndjson"})
	n, err := dead.Write(nil)
	require.NoError(t, err)
	require.Zero(t, n)
	require.NoError(t, s.Publish())
	require.Equal(t, map[string]string{"out.ndjson": ""}, tree(t), "the main file is there although it is empty")
}

func TestDiscardLeavesFinalFilesAlone(t *testing.T) {
	t.Chdir(t.TempDir())
	put(t, "out.ndjson", "old")
	put(t, "out.dead.ndjson", "old dead")
	s := begin(t, "out.ndjson")
	write(t, add(t, s, Spec{Name: "part", Final: "out.ndjson", Main: true}), "new")
	add(t, s, Spec{Name: "dead", Final: "out.dead.ndjson"})
	require.NoError(t, syncAll(s))
	require.NoError(t, s.Discard())
	require.NoError(t, s.Discard())
	require.Equal(t, map[string]string{"out.ndjson": "old", "out.dead.ndjson": "old dead"}, tree(t))
}

func TestOneRunAtATime(t *testing.T) {
	t.Chdir(t.TempDir())
	s := begin(t, "out.ndjson")
	write(t, add(t, s, Spec{Name: "part", Final: "out.ndjson", Main: true}), "first")
	_, err := Begin(nil, "./out.ndjson", Options{})
	require.ErrorIs(t, err, ErrLocked)
	require.ErrorContains(t, err, filepath.FromSlash("out.ndjson.plugreel/lock: lock: another run is writing to this output: process "))
	require.NoError(t, s.Publish())
	require.Equal(t, "first", tree(t)["out.ndjson"])
	require.NoError(t, begin(t, "out.ndjson").Discard(), "the lock is free again")
}

func TestLockOfARunThatIsGoingIsNotTaken(t *testing.T) {
	t.Chdir(t.TempDir())
	first, err := OS{}.Lock("lock")
	require.NoError(t, err)
	require.NoError(t, os.Remove("lock"))
	second, err := OS{}.Lock("lock")
	require.NoError(t, err, "the name means a new file now")
	_, err = OS{}.Lock("lock")
	require.ErrorIs(t, err, ErrLocked)
	require.NoError(t, second.Release(true))
	require.NoError(t, first.Release(false))
	require.Empty(t, tree(t))
}

// vanishing is a file system on which another run removes its directory at the worst time.
type vanishing struct {
	OS
	times int
}

func (v *vanishing) Lock(name string) (Lock, error) {
	if v.times--; v.times >= 0 {
		return nil, errors.Join(os.Remove(filepath.Dir(name)), fs.ErrNotExist)
	}
	return v.OS.Lock(name)
}

func TestBeginTriesAgainWhenTheDirectoryGoesAway(t *testing.T) {
	t.Chdir(t.TempDir())
	s, err := Begin(&vanishing{times: 3}, "out.ndjson", Options{})
	require.NoError(t, err)
	require.NoError(t, s.Discard())
	_, err = Begin(&vanishing{times: 100}, "out.ndjson", Options{})
	require.ErrorIs(t, err, fs.ErrNotExist, "but not for ever")
}

// overtaken is a file system on which another run begins when the lock has just been let go.
type overtaken struct{ OS }

func (o overtaken) Remove(name string) error {
	if filepath.Ext(name) == Suffix {
		if err := os.WriteFile(filepath.Join(name, lockName), nil, 0o600); err != nil {
			return err
		}
	}
	return o.OS.Remove(name)
}

func TestADirectoryThatAnotherRunHasTakenOverStays(t *testing.T) {
	t.Chdir(t.TempDir())
	s, err := Begin(overtaken{}, "out.ndjson", Options{})
	require.NoError(t, err)
	add(t, s, Spec{Name: "part", Final: "out.ndjson", Main: true})
	require.NoError(t, s.Publish())
	require.Equal(t, map[string]string{"out.ndjson": "", "out.ndjson.plugreel/": "", "out.ndjson.plugreel/lock": ""}, tree(t))
}

func TestErrorsOfTheOperatingSystem(t *testing.T) {
	t.Chdir(t.TempDir())
	_, err := OS{}.OpenFile("no/such", os.O_RDONLY, 0)
	require.ErrorIs(t, err, fs.ErrNotExist)
	_, err = OS{}.Lock("no/such")
	require.ErrorIs(t, err, fs.ErrNotExist)
	if runtime.GOOS != "windows" {
		require.ErrorIs(t, OS{}.SyncDir("no"), fs.ErrNotExist)
	}
}

func TestWhatADeadRunLeftIsDiscarded(t *testing.T) {
	t.Chdir(t.TempDir())
	put(t, "out.ndjson.plugreel/lock", "")
	put(t, "out.ndjson.plugreel/part", "half")
	put(t, "out.ndjson.plugreel/out/a.ndjson", "half")
	s := begin(t, "out.ndjson")
	require.True(t, s.Stale())
	require.Equal(t, map[string]string{"out.ndjson.plugreel/": "", "out.ndjson.plugreel/lock": ""}, tree(t))
	require.NoError(t, s.Discard())

	put(t, "out.ndjson.plugreel/lock", "")
	s = begin(t, "out.ndjson")
	require.False(t, s.Stale(), "nothing was lost")
	require.NoError(t, s.Discard())
	require.Empty(t, tree(t))
}

func TestBeginErrors(t *testing.T) {
	tests := []struct {
		name, reason, out string
		is                error
	}{
		{"something else has the name", "it is not ours to delete", "other.ndjson", ErrForeign},
		{"a file has the name", "neither", "file.ndjson", syscall.ENOTDIR},
		{"no parent directory", "a typing error makes no directories", "no/such/out.ndjson", fs.ErrNotExist},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			put(t, "other.ndjson.plugreel/precious", "data")
			put(t, "file.ndjson.plugreel", "data")
			before := tree(t)
			_, err := Begin(nil, tt.out, Options{})
			require.ErrorIs(t, err, tt.is, tt.reason)
			var typed *Error
			require.ErrorAs(t, err, &typed)
			require.Equal(t, before, tree(t))
		})
	}
}

func TestFileErrors(t *testing.T) {
	tests := []struct {
		name, reason string
		spec         Spec
		is           error
	}{
		{"final name is a directory", "a rename would fail at the end", Spec{Name: "a", Final: "dir"}, ErrNotRegular},
		{"no directory for the final name", "better now than at the end", Spec{Name: "a", Final: "no/such"}, fs.ErrNotExist},
		{"final name below a file", "it cannot be looked up", Spec{Name: "a", Final: "file/x"}, syscall.ENOTDIR},
		{"final name used twice", "one would replace the other", Spec{Name: "a", Final: "./dir/../out.ndjson"}, ErrSameFinal},
		{"name used twice", "a mistake of the caller", Spec{Name: "part", Final: "x"}, fs.ErrExist},
		{"name outside", "a mistake of the caller", Spec{Name: "../x", Final: "x"}, fs.ErrInvalid},
		{"name of the lock", "a mistake of the caller", Spec{Name: "lock", Final: "x"}, fs.ErrInvalid},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			put(t, "dir/x", "")
			put(t, "file", "")
			s := begin(t, "out.ndjson")
			add(t, s, Spec{Name: "part", Final: "out.ndjson", Main: true})
			_, err := s.File(tt.spec)
			require.ErrorIs(t, err, tt.is, tt.reason)
			var typed *Error
			require.ErrorAs(t, err, &typed)
			require.NoError(t, s.Publish(), "the set is as before")
			require.Equal(t, "", tree(t)["out.ndjson"])
		})
	}
}

func TestDirectoryOutput(t *testing.T) {
	t.Chdir(t.TempDir())
	put(t, "out/2024/a.ndjson", "old")
	s := begin(t, "out/")
	for _, name := range []string{"2024/a.ndjson", "2025/01/b.ndjson", "c.ndjson"} {
		f := add(t, s, Spec{Name: "out/" + name, Final: filepath.Join("out", filepath.FromSlash(name)), Main: true})
		write(t, f, name)
		require.NoError(t, f.Finish())
		require.NoError(t, f.Finish())
		_, err := f.Write([]byte("x"))
		require.ErrorIs(t, err, os.ErrClosed)
		require.NoError(t, syncAll(s))
	}
	require.NoError(t, s.Publish())
	require.Equal(t, map[string]string{
		"out/": "", "out/2024/": "", "out/2025/": "", "out/2025/01/": "",
		"out/2024/a.ndjson": "2024/a.ndjson", "out/2025/01/b.ndjson": "2025/01/b.ndjson", "out/c.ndjson": "c.ndjson",
	}, tree(t))
}

func TestStagingDirectoryIsBesideTheOutput(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	require.Equal(t, filepath.FromSlash("a/out.plugreel"), stagingDir("a/out/"))
	require.Equal(t, absolute(".")+".plugreel", stagingDir("."))
	require.Equal(t, absolute("..")+".plugreel", stagingDir(".."))
}

func TestPermissions(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no such modes there")
	}
	t.Chdir(t.TempDir())
	mode := func(name string) fs.FileMode {
		info, err := os.Stat(name)
		require.NoError(t, err)
		return info.Mode()
	}
	put(t, "reference", "") // 0644 less the umask
	s := begin(t, "out.ndjson")
	add(t, s, Spec{Name: "part", Final: "out.ndjson", Main: true})
	write(t, add(t, s, Spec{Name: "webhooks", Final: "out.webhooks.ndjson", Perm: 0o600}), "secret")
	require.Equal(t, fs.FileMode(0o600), mode("out.ndjson.plugreel/webhooks"), "while it is written, too")
	require.NoError(t, s.Publish())
	require.Equal(t, mode("reference"), mode("out.ndjson"))
	require.Equal(t, fs.FileMode(0o600), mode("out.webhooks.ndjson"))
}

func TestFinalNameThatIsALinkIsReplaced(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("symbolic links need a privilege there")
	}
	t.Chdir(t.TempDir())
	put(t, "target", "kept")
	require.NoError(t, os.Symlink("target", "out.ndjson"))
	s := begin(t, "out.ndjson")
	write(t, add(t, s, Spec{Name: "part", Final: "out.ndjson", Main: true}), "new")
	require.NoError(t, s.Publish())
	require.Equal(t, map[string]string{"target": "kept", "out.ndjson": "new"}, tree(t))
}

func TestSizeCountsWhatWasFlushed(t *testing.T) {
	t.Chdir(t.TempDir())
	s := begin(t, "out.ndjson")
	f := add(t, s, Spec{Name: "part", Final: "out.ndjson", Main: true})
	require.NoError(t, f.Flush(), "nothing to do yet")
	write(t, f, "12345")
	require.Zero(t, f.Size())
	require.NoError(t, syncAll(s))
	require.EqualValues(t, 5, f.Size())
	write(t, f, strings.Repeat("x", 2*bufferBytes))
	require.EqualValues(t, 5+2*bufferBytes, f.Size(), "a large write does not wait")
}

// lines is JSON that compresses as events do, the same every time.
func lines(size int) []byte {
	r := rand.New(rand.NewPCG(1, 2))
	var b bytes.Buffer
	for b.Len() < size {
		fmt.Fprintf(&b, `{"uuid":"%08x-%04x","event":"$pageview","distinct_id":"user_%d","properties":{"$ip":"%d.%d.%d.%d","$current_url":"https://example.com/p/%d"}}`+"\n",
			r.Uint32(), r.IntN(1<<16), r.IntN(1e5), r.IntN(256), r.IntN(256), r.IntN(256), r.IntN(256), r.IntN(1000))
	}
	return b.Bytes()
}

func TestBrotliIsOneStreamThatDoesNotDependOnFlushes(t *testing.T) {
	t.Chdir(t.TempDir())
	text := lines(300 << 10)
	var files [2][]byte
	for i, step := range []int{len(text), 10_000} {
		s := begin(t, "out.ndjson.br")
		f := add(t, s, Spec{Name: "part", Final: "out.ndjson.br", Codec: Brotli, Main: true})
		for rest := text; len(rest) > 0; rest = rest[min(step, len(rest)):] {
			write(t, f, string(rest[:min(step, len(rest))]))
			require.NoError(t, syncAll(s))
		}
		require.NoError(t, s.Publish())
		b, err := os.ReadFile("out.ndjson.br")
		require.NoError(t, err)
		files[i] = b
	}
	require.Equal(t, files[0], files[1])
	require.Equal(t, string(text), decompressed(t, Brotli, files[0]))
	require.Less(t, len(files[0]), len(text)/3)
}

// pipe is standard output whose reader has gone after some bytes.
type pipe struct {
	bytes.Buffer
	left int
}

func (p *pipe) Write(b []byte) (int, error) {
	if len(b) > p.left {
		return 0, &fs.PathError{Op: "write", Path: "/dev/stdout", Err: syscall.EPIPE}
	}
	p.left -= len(b)
	return p.Buffer.Write(b)
}

func TestStream(t *testing.T) {
	for _, codec := range []Codec{Identity, Gzip, Zstd, Brotli} {
		w := &pipe{left: 1000}
		s := Stream(w)
		f := add(t, s, Spec{Name: "part", Codec: codec, Main: true})
		_, err := s.File(Spec{Name: "dead", Final: "dead"})
		require.ErrorIs(t, err, ErrNoStage)
		e, err := NewEncoder(codec)
		require.NoError(t, err)
		unit, err := e.AppendCompressed(nil, []byte("{}\n"))
		require.NoError(t, err)
		write(t, f, string(unit))
		require.NoError(t, syncAll(s))
		require.NoError(t, f.Flush())
		require.EqualValues(t, w.Len(), f.Size())
		require.NoError(t, s.Publish())
		require.True(t, s.Published())
		require.NoError(t, s.Discard())
		require.Equal(t, "{}\n", decompressed(t, codec, w.Bytes()))
	}
}

func TestEmptyStream(t *testing.T) {
	var w bytes.Buffer
	s := Stream(&w)
	add(t, s, Spec{Name: "part", Main: true})
	require.NoError(t, s.Publish())
	require.Zero(t, w.Len())
}

func TestBrokenPipe(t *testing.T) {
	s := Stream(&pipe{left: 3})
	f := add(t, s, Spec{Name: "part", Main: true})
	write(t, f, "abc")
	require.NoError(t, f.Flush())
	write(t, f, "def")
	err := f.Flush()
	require.True(t, BrokenPipe(err))
	require.EqualError(t, err, "standard output: write: broken pipe")
	_, again := f.Write([]byte("x"))
	require.Equal(t, err, again, "it stays broken")
	require.Equal(t, err, f.Finish())
	require.Equal(t, err, s.Publish())
	require.False(t, s.Published())
	require.EqualValues(t, 3, f.Size())
	require.False(t, BrokenPipe(nil))
}

func TestShortWriteIsAnError(t *testing.T) {
	s := Stream(shortWriter{})
	f := add(t, s, Spec{Name: "part", Main: true})
	write(t, f, "abc")
	require.Error(t, f.Flush())
}

type shortWriter struct{}

func (shortWriter) Write(p []byte) (int, error) { return len(p) - 1, nil }

func TestStandardOutputWithSideFiles(t *testing.T) {
	t.Chdir(t.TempDir())
	var w bytes.Buffer
	s, err := Begin(nil, "dead.ndjson", Options{Stdout: &w})
	require.NoError(t, err)
	part := add(t, s, Spec{Name: "part", Main: true})
	dead := add(t, s, Spec{Name: "dead", Final: "dead.ndjson"})
	write(t, part, "a\n")
	write(t, dead, "b\n")
	require.NoError(t, s.Publish())
	require.Equal(t, "a\n", w.String())
	require.Equal(t, map[string]string{"dead.ndjson": "b\n"}, tree(t))
}

func TestNoSideFileWithoutStandardOutput(t *testing.T) {
	t.Chdir(t.TempDir())
	s, err := Begin(nil, "dead.ndjson", Options{Stdout: &pipe{}})
	require.NoError(t, err)
	write(t, add(t, s, Spec{Name: "dead", Final: "dead.ndjson"}), "b\n")
	write(t, add(t, s, Spec{Name: "part", Main: true}), "a\n")
	require.True(t, BrokenPipe(s.Publish()))
	require.NoError(t, s.Discard())
	require.Empty(t, tree(t))
}

func TestFileSet(t *testing.T) {
	t.Chdir(t.TempDir())
	put(t, "a.ndjson", "")
	put(t, "b.ndjson", "")
	require.NoError(t, os.Link("a.ndjson", "hard.ndjson"))
	var set FileSet
	for _, name := range []string{"b.ndjson", "a.ndjson"} {
		info, err := StatFinal(nil, name)
		require.NoError(t, err)
		set.Add(name, info)
	}
	put(t, "new.ndjson", "")
	want := map[string]string{"a.ndjson": "a.ndjson", "hard.ndjson": "a.ndjson", "./b.ndjson": "b.ndjson", "new.ndjson": ""}
	if runtime.GOOS != "windows" {
		require.NoError(t, os.Symlink("a.ndjson", "soft.ndjson"))
		want["soft.ndjson"] = "a.ndjson"
	}
	for out, want := range want {
		info, err := StatFinal(nil, out)
		require.NoError(t, err)
		got, found := set.Find(info)
		require.Equal(t, want, got, out)
		require.Equal(t, want != "", found, out)
	}
}

func TestStageOpen(t *testing.T) {
	dir := t.TempDir()
	out := filepath.Join(dir, "out.ndjson")
	s, err := Begin(nil, out, Options{})
	require.NoError(t, err)
	f, err := s.Open("notes", 0o600)
	require.NoError(t, err)
	_, err = f.Write([]byte("x"))
	require.NoError(t, err)
	require.NoError(t, f.Close())
	f, err = s.Open("notes", 0o600)
	require.NoError(t, err)
	text, err := io.ReadAll(f)
	require.NoError(t, err)
	require.Equal(t, "x", string(text), "it is still there")
	require.NoError(t, f.Close())
	require.NoError(t, s.Publish())
	require.NoDirExists(t, out+Suffix, "it goes with the rest")
	_, err = s.Open("notes", 0o600)
	require.ErrorIs(t, err, os.ErrClosed)
	_, err = Stream(io.Discard).Open("notes", 0o600)
	require.ErrorIs(t, err, ErrNoStage)
}
