package faultfs

import (
	"errors"
	"os"
	"syscall"
	"testing"

	"github.com/plugreel/plugreel/batch/internal/output"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestFaults(t *testing.T) {
	cause := errors.New("cause")
	tests := []struct {
		name, reason string
		fault        Fault
		want         []error // of four writes, to a, b, a, b
		a            string
	}{
		{"the first by default", "N is 1", Fault{Op: Write, Err: cause}, []error{cause, nil, nil, nil}, "56"},
		{"the third", "one of them", Fault{Op: Write, N: 3, Err: cause}, []error{nil, nil, cause, nil}, "12"},
		{"sticky", "from the second on", Fault{Op: Write, N: 2, Sticky: true}, []error{nil, syscall.EIO, syscall.EIO, syscall.EIO}, "12"},
		{"by path", "only those count", Fault{Op: Write, Path: "b", N: 2, Err: cause}, []error{nil, nil, nil, cause}, "1256"},
		{"short", "half of it is there", Fault{Op: Write, N: 3, Err: cause, Short: true}, []error{nil, nil, cause, nil}, "125"},
		{"any operation", "two opens come first", Fault{N: 4, Err: cause}, []error{nil, cause, nil, nil}, "1256"},
		{"death", "nothing works any more", Fault{Op: Write, N: 2, Kill: true}, []error{nil, ErrKilled, ErrKilled, ErrKilled}, "12"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			f := New(output.OS{}, tt.fault)
			a, err := f.OpenFile("a", os.O_CREATE|os.O_WRONLY, 0o600)
			require.NoError(t, err)
			b, err := f.OpenFile("b", os.O_CREATE|os.O_WRONLY, 0o600)
			require.NoError(t, err)
			var got []error
			for i, text := range []string{"12", "34", "56", "78"} {
				_, err := []output.File{a, b}[i%2].Write([]byte(text))
				got = append(got, err)
			}
			require.Equal(t, tt.want, got, tt.reason)
			require.Equal(t, 2, len(f.Log())-len(got))
			a.Close()
			b.Close()
			require.Zero(t, f.OpenFiles())
			text, err := os.ReadFile("a")
			require.NoError(t, err)
			require.Equal(t, tt.a, string(text))
		})
	}
}

func TestKillDropsLocks(t *testing.T) {
	t.Chdir(t.TempDir())
	f := New(output.OS{})
	l, err := f.Lock("lock")
	require.NoError(t, err)
	_, err = f.Lock("lock")
	require.ErrorIs(t, err, output.ErrLocked)
	f.Kill()
	require.ErrorIs(t, l.Release(true), ErrKilled)
	again, err := output.OS{}.Lock("lock")
	require.NoError(t, err)
	require.NoError(t, again.Release(true))
	require.Equal(t, Entry{Release, "lock", ErrKilled}, f.Log()[2])
}

func TestWhatLetsGoIsDoneEvenIfItFails(t *testing.T) {
	t.Chdir(t.TempDir())
	f := New(output.OS{}, Fault{Op: Release}, Fault{Op: Close})
	l, err := f.Lock("lock")
	require.NoError(t, err)
	require.ErrorIs(t, l.Release(true), syscall.EIO)
	require.FileExists(t, "lock")
	file, err := f.OpenFile("a", os.O_CREATE|os.O_WRONLY, 0o600)
	require.NoError(t, err)
	require.ErrorIs(t, file.Close(), syscall.EIO)
	require.Zero(t, f.OpenFiles())
	_, err = file.Write([]byte("x"))
	require.ErrorIs(t, err, os.ErrClosed)
}
