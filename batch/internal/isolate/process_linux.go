package isolate

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// Descriptors of a child.
const (
	pageFD = iota + 3
	readFD
	writeFD
)

// Supported says whether worker processes can be had on this system.
const Supported = true

// Process is a child, as its parent sees it.
type Process struct {
	*Conn
	Page *Page

	cmd    *exec.Cmd
	memory []byte
	stderr stderr
	kill   sync.Once
	killed atomic.Bool
}

// Start starts this very program again, with args after its name and one environment variable,
// NAME=value, beside a few that make runs equal. The child has no other descriptors of ours and a
// process group of its own, so that what a terminal sends reaches the parent alone.
func Start(env string, args ...string) (*Process, error) {
	p := &Process{}
	files, err := p.connect()
	if err != nil {
		return nil, err
	}
	defer closeAll(files)
	p.cmd = &exec.Cmd{
		Path:        "/proc/self/exe", // this program, whatever has become of its file
		Args:        append([]string{os.Args[0]}, args...),
		Env:         []string{env, "TZ=UTC", "LC_ALL=C", "GOTRACEBACK=none"},
		Stderr:      &p.stderr,
		ExtraFiles:  files,
		SysProcAttr: &syscall.SysProcAttr{Setpgid: true},
		WaitDelay:   time.Second,
	}
	if err := p.cmd.Start(); err != nil {
		p.Close()
		_ = unix.Munmap(p.memory)
		return nil, err
	}
	return p, nil
}

func closeAll(files []*os.File) {
	for _, f := range files {
		_ = f.Close()
	}
}

// connect makes the page and the pipes, and returns the child's ends of them.
func (p *Process) connect() (files []*os.File, err error) {
	defer func() {
		if err != nil {
			closeAll(files)
		}
	}()
	page, memory, err := sharedMemory()
	if err != nil {
		return nil, err
	}
	files = []*os.File{page}
	readEnd, parentWrites, err := pipe()
	if err != nil {
		return files, err
	}
	files = append(files, readEnd)
	parentReads, writeEnd, err := pipe()
	if err != nil {
		_ = parentWrites.Close()
		return files, err
	}
	p.Conn, p.memory, p.Page = NewConn(parentReads, parentWrites), memory, newPage(memory)
	return append(files, writeEnd), nil
}

func sharedMemory() (*os.File, []byte, error) {
	fd, err := unix.MemfdCreate("plugreel-page", unix.MFD_CLOEXEC)
	if err != nil {
		return nil, nil, os.NewSyscallError("memfd_create", err)
	}
	f := os.NewFile(uintptr(fd), "page")
	if err := f.Truncate(PageSize); err != nil {
		_ = f.Close()
		return nil, nil, err
	}
	memory, err := mapPage(fd)
	if err != nil {
		_ = f.Close()
		return nil, nil, err
	}
	return f, memory, nil
}

func mapPage(fd int) ([]byte, error) {
	memory, err := unix.Mmap(fd, 0, PageSize, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_SHARED)
	return memory, os.NewSyscallError("mmap", err)
}

// pipeSize holds most chunks whole, which saves changes between the two processes.
const pipeSize = 1 << 20

func pipe() (r, w *os.File, err error) {
	r, w, err = os.Pipe()
	if err == nil {
		widen(w)
	}
	return r, w, err
}

// widen makes a pipe as large as it may be; smaller ones work, too.
func widen(w *os.File) {
	raw, err := w.SyscallConn()
	if err == nil {
		_ = raw.Control(func(fd uintptr) { _, _ = unix.FcntlInt(fd, unix.F_SETPIPE_SZ, pipeSize) })
	}
}

// Kill ends the child and all that it started, at once. It may be called at any time and more
// than once; Wait is still to be called.
func (p *Process) Kill() {
	p.kill.Do(func() {
		p.killed.Store(true)
		_ = unix.Kill(-p.cmd.Process.Pid, unix.SIGKILL)
	})
}

// Wait kills the child if it is alive, waits for its end, and frees everything but the page, which
// Free frees.
func (p *Process) Wait() Death {
	alive := !p.exited()
	p.Kill() // and nobody after this: the number may be another process's then
	err := p.cmd.Wait()
	p.Close()
	ended := "killed"
	if err != nil && !alive {
		ended = err.Error()
	}
	return death(p.stderr.cause(), ended)
}

// exited says whether the child has ended by itself. One that has closed its pipe is given a
// moment to.
func (p *Process) exited() bool {
	for wait := time.Millisecond; wait < 500*time.Millisecond && !p.killed.Load(); wait *= 2 {
		var info unix.Siginfo
		err := unix.Waitid(unix.P_PID, p.cmd.Process.Pid, &info, unix.WEXITED|unix.WNOHANG|unix.WNOWAIT, nil)
		if err == nil && info.Signo != 0 {
			return true
		}
		time.Sleep(wait)
	}
	return false
}

// Free gives the page back. Nothing that aliases it may be used any more.
func (p *Process) Free() {
	if p.memory != nil {
		_ = unix.Munmap(p.memory)
	}
	p.memory, p.Page = nil, nil
}

// Child finds the parent of this process.
func Child() (*Conn, *Page, error) {
	memory, err := mapPage(pageFD)
	if err != nil {
		return nil, nil, err
	}
	_ = os.WriteFile("/proc/self/comm", []byte(filepath.Base(os.Args[0])), 0) // for people; it would be "exe"
	conn := NewConn(os.NewFile(readFD, "requests"), os.NewFile(writeFD, "answers"))
	conn.trusting = true
	return conn, newPage(memory), nil
}

// maxStack is what Go allows a stack by itself.
const maxStack = 1_000_000_000

// Limit keeps this process from taking more memory, in bytes; 0 and less is no limit. The
// collector works harder from a third of it, as a heap has holes and threads have stacks. A stack that takes an eighth of it ends the
// process, which is sooner than by itself.
func Limit(memory int64) error {
	_ = unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{}) // a dump would hold records
	if memory <= 0 {
		return nil
	}
	debug.SetMemoryLimit(min(debug.SetMemoryLimit(-1), memory/3))
	debug.SetMaxStack(int(min(memory/8, maxStack)))
	limit := unix.Rlimit{Cur: uint64(memory), Max: uint64(memory)}
	return os.NewSyscallError("setrlimit", unix.Setrlimit(unix.RLIMIT_DATA, &limit))
}
