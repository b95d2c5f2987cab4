package output_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/plugreel/plugreel/batch/internal/output"
	"github.com/plugreel/plugreel/batch/internal/output/faultfs"
	"github.com/stretchr/testify/require"
)

// The files of a small run, and what an earlier one has left.
const (
	mainFile, deadFile, hooksFile = "out.ndjson", "out.dead.ndjson", "out.webhooks.ndjson"
	newMain, newDead              = "new one\nnew two\n", "new dead\n"
	oldMain, oldDead, oldHooks    = "old\n", "old dead\n", "old hook\n"
)

func leaveOldFiles(t *testing.T) {
	t.Helper()
	for name, text := range map[string]string{mainFile: oldMain, deadFile: oldDead, hooksFile: oldHooks} {
		require.NoError(t, os.WriteFile(name, []byte(text), 0o644))
	}
}

// smallRun writes a main file and a dead letter, but no webhook.
func smallRun(fsys output.FS) (published bool, err error) {
	s, err := output.Begin(fsys, mainFile, output.Options{})
	if err != nil {
		return false, err
	}
	err = smallStage(s)
	published = s.Published()
	return published, errors.Join(err, s.Discard())
}

func smallStage(s *output.Stage) error {
	part, err1 := s.File(output.Spec{Name: "part", Final: mainFile, Main: true})
	dead, err2 := s.File(output.Spec{Name: "dead", Final: deadFile})
	_, err3 := s.File(output.Spec{Name: "webhooks", Final: hooksFile, Perm: 0o600})
	ledger, err4 := s.File(output.Spec{Name: "state/notes"})
	if err := errors.Join(err1, err2, err3, err4); err != nil {
		return err
	}
	for i, text := range strings.SplitAfter(newMain, "\n")[:2] {
		if _, err := part.Write([]byte(text)); err != nil {
			return err
		}
		if _, err := ledger.Write([]byte{byte(i)}); err != nil {
			return err
		}
		cut, err := s.Cut()
		if err != nil {
			return err
		}
		if err := cut.Sync(); err != nil {
			return err
		}
	}
	if _, err := dead.Write([]byte(newDead)); err != nil {
		return err
	}
	return s.Publish()
}

func content(name string) string {
	b, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return ""
	}
	if err != nil {
		return err.Error()
	}
	return string(b)
}

// operations returns what a run without faults does.
func operations(t *testing.T) []faultfs.Entry {
	t.Chdir(t.TempDir())
	leaveOldFiles(t)
	fsys := faultfs.New(output.OS{})
	published, err := smallRun(fsys)
	require.NoError(t, err)
	require.True(t, published)
	checkFinal(t, true)
	return fsys.Log()
}

// checkFinal checks the promise: every final file is the old or the new one as a whole, and a new
// main file means that all is new.
func checkFinal(t *testing.T, published bool) {
	t.Helper()
	main, dead, hooks := content(mainFile), content(deadFile), content(hooksFile)
	require.Contains(t, []string{oldMain, newMain}, main)
	require.Contains(t, []string{oldDead, newDead}, dead)
	require.Contains(t, []string{oldHooks, ""}, hooks)
	require.Equal(t, published, main == newMain)
	if published {
		require.Equal(t, newDead, dead)
		require.Empty(t, hooks, "the old side file is gone")
	}
}

func TestEveryOperationFailing(t *testing.T) {
	log := operations(t)
	kinds := []faultfs.Fault{
		{Err: syscall.ENOSPC},
		{Err: syscall.EIO, Sticky: true},
		{Err: syscall.ENOSPC, Short: true},
	}
	for _, kind := range kinds {
		for n := 1; n <= len(log); n++ {
			kind.N = n
			t.Run(string(log[n-1].Op)+" "+filepath.Base(log[n-1].Path), func(t *testing.T) {
				t.Chdir(t.TempDir())
				leaveOldFiles(t)
				fsys := faultfs.New(output.OS{}, kind)
				published, err := smallRun(fsys)
				checkFinal(t, published)
				require.Zero(t, fsys.OpenFiles())
				if err != nil {
					var typed *output.Error
					require.ErrorAs(t, err, &typed)
					require.ErrorIs(t, err, kind.Err)
				} else {
					require.True(t, published)
				}
				checkNextRun(t)
			})
		}
	}
}

func TestDeathAtEveryOperation(t *testing.T) {
	log := operations(t)
	for n := 1; n <= len(log); n++ {
		t.Run(string(log[n-1].Op)+" "+filepath.Base(log[n-1].Path), func(t *testing.T) {
			t.Chdir(t.TempDir())
			leaveOldFiles(t)
			fsys := faultfs.New(output.OS{}, faultfs.Fault{N: n, Kill: true})
			_, err := smallRun(fsys)
			require.ErrorIs(t, err, faultfs.ErrKilled)
			require.Zero(t, fsys.OpenFiles())
			checkFinal(t, content(mainFile) == newMain)
			checkNextRun(t)
		})
	}
}

// checkNextRun checks that a run after a failed one succeeds and leaves nothing behind.
func checkNextRun(t *testing.T) {
	t.Helper()
	published, err := smallRun(nil)
	require.NoError(t, err)
	require.True(t, published)
	checkFinal(t, true)
	entries, err := os.ReadDir(".")
	require.NoError(t, err)
	require.Len(t, entries, 2)
}

// otherDevice makes the first rename of the dead letters fail as one to another file system.
var otherDevice = faultfs.Fault{Op: faultfs.Rename, Path: deadFile, Err: syscall.EXDEV}

func TestSideFileOnAnotherFileSystem(t *testing.T) {
	t.Chdir(t.TempDir())
	leaveOldFiles(t)
	fsys := faultfs.New(output.OS{}, otherDevice)
	published, err := smallRun(fsys)
	require.NoError(t, err)
	require.True(t, published)
	checkFinal(t, true)
	total := len(fsys.Log())
	for n := 1; n <= total; n++ {
		t.Chdir(t.TempDir())
		leaveOldFiles(t)
		fsys := faultfs.New(output.OS{}, otherDevice, faultfs.Fault{N: n, Err: syscall.ENOSPC, Short: true})
		published, err := smallRun(fsys)
		checkFinal(t, published)
		require.Zero(t, fsys.OpenFiles())
		require.True(t, published || err != nil)
		require.NoFileExists(t, deadFile+".plugreel-copy")
		checkNextRun(t)
	}
}

func TestSystemFailuresAreTyped(t *testing.T) {
	tests := []struct {
		name, reason string
		fault        faultfs.Fault
		want         string
	}{
		{"no space", "the usual one", faultfs.Fault{Op: faultfs.Write, Path: "part", Err: syscall.ENOSPC}, "out.ndjson.plugreel/part: write: no space left on device"},
		{"fsync fails", "data may be lost", faultfs.Fault{Op: faultfs.Sync, Path: "part"}, "out.ndjson.plugreel/part: sync: input/output error"},
		{"close fails", "network file systems do", faultfs.Fault{Op: faultfs.Close, Path: "part"}, "out.ndjson.plugreel/part: close: input/output error"},
		{"rename fails", "no permission", faultfs.Fault{Op: faultfs.Rename, Path: mainFile, Err: &os.LinkError{Op: "rename", Old: "a", New: "b", Err: syscall.EACCES}}, "out.ndjson: rename: permission denied"},
		{"lock fails", "no locks on this file system", faultfs.Fault{Op: faultfs.Lock, Err: syscall.ENOTSUP}, "out.ndjson.plugreel/lock: lock: operation not supported"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			leaveOldFiles(t)
			published, err := smallRun(faultfs.New(output.OS{}, tt.fault))
			require.False(t, published)
			require.EqualError(t, err, filepath.FromSlash(tt.want), tt.reason)
			require.NoDirExists(t, mainFile+".plugreel")
		})
	}
}

func TestAFileInErrorStaysInError(t *testing.T) {
	t.Chdir(t.TempDir())
	for op, taken := range map[faultfs.Op]int64{faultfs.Open: 0, faultfs.Write: 2, faultfs.Sync: 4} {
		fsys := faultfs.New(output.OS{}, faultfs.Fault{Op: op, Path: "part", Err: syscall.ENOSPC, Short: true})
		s, err := output.Begin(fsys, mainFile, output.Options{})
		require.NoError(t, err)
		f, err := s.File(output.Spec{Name: "part", Final: mainFile, Main: true})
		require.NoError(t, err)
		_, err1 := f.Write([]byte("abcd"))
		err2 := f.Finish()
		require.ErrorIs(t, errors.Join(err1, err2), syscall.ENOSPC, op)
		require.Equal(t, taken, f.Size(), "what the system took")
		_, err = f.Write([]byte("x"))
		require.ErrorIs(t, err, syscall.ENOSPC, op)
		_, err = s.Cut()
		require.ErrorIs(t, err, syscall.ENOSPC, op)
		require.ErrorIs(t, s.Publish(), syscall.ENOSPC, op)
		require.NoError(t, s.Discard())
	}
}

func TestOrderOfPublish(t *testing.T) {
	var got []string
	for _, e := range operations(t) {
		path := filepath.ToSlash(strings.TrimPrefix(e.Path, "out.ndjson.plugreel"+string(filepath.Separator)))
		got = append(got, string(e.Op)+" "+path)
	}
	want := []string{
		"open dead", "sync part", "close part", "write dead", "sync dead", "close dead",
		"rename out.dead.ndjson", "remove out.webhooks.ndjson", "syncdir .",
		"rename out.ndjson", "syncdir .", "remove state", "release lock", "remove out.ndjson.plugreel",
	}
	for _, w := range want {
		i := slices.Index(got, w)
		require.GreaterOrEqual(t, i, 0, "%s, in %q", w, got)
		got = got[i+1:]
	}
}
