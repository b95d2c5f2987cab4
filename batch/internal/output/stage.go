package output

import (
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
)

const (
	// Suffix is what the name of a staging directory has after the name of the output.
	Suffix = ".plugreel"

	lockName     = "lock"
	lockAttempts = 10
	copySuffix   = ".plugreel-copy"
	dirPerm      = fs.FileMode(0o755)
	stdoutName   = "standard output"
)

// Options tunes [Begin]. The zero value is ready to use.
type Options struct {
	// Stdout receives the main file as it is written, instead of the staging directory. Nil
	// stages it.
	Stdout io.Writer
}

// Spec describes a file of a set.
type Spec struct {
	// Name is the path in the staging directory, such as "part" or "out/2024/a.ndjson", with
	// slashes. It must be local (filepath.IsLocal), and not "lock".
	Name string

	// Final is the path that the file gets at Publish. Its directory must exist, or lie
	// below the output path that Begin was given. The file must not be an input; see
	// SameFile. Empty: the file never leaves the staging directory, and goes with it.
	Final string

	// Perm is the mode of the file, from which the umask is taken; 0 means 0644. Files with
	// secrets in them have 0600.
	Perm fs.FileMode

	// Codec says what the file is to hold. For Gzip and Zstd, what is written must be whole
	// units, from an Encoder; Brotli is compressed here.
	Codec Codec

	// Main marks the output proper: it is published even if nothing was written, and after
	// all files that are not Main.
	Main bool
}

// Stage is the set of files of one replay. One goroutine uses it and its files at a time.
type Stage struct {
	fs     FS
	out    string
	dir    string // "" if nothing is staged
	lock   Lock
	stdout io.Writer
	files  []*StageFile

	unsynced  map[string]bool // directories with names that are not durable yet
	stale     bool
	published bool
	ended     bool
}

// Begin locks out against other runs and makes the staging directory out+Suffix, whose
// parent must exist. It discards what a dead run has left there. A nil fsys is the operating
// system's. The caller ends the stage with Publish or Discard. The error is an [*Error].
func Begin(fsys FS, out string, o Options) (*Stage, error) {
	s := &Stage{fs: orOS(fsys), out: filepath.Clean(out), dir: stagingDir(out), stdout: o.Stdout, unsynced: map[string]bool{}}
	if err := s.acquire(); err != nil {
		return nil, err
	}
	stale, err := s.clear()
	if err != nil {
		return nil, errors.Join(err, s.release(false))
	}
	s.stale = stale
	s.unsynced[filepath.Dir(s.dir)] = true
	return s, nil
}

// stagingDir returns the staging directory of an output. It is beside the output even if
// that is written as "." or "..".
func stagingDir(out string) string {
	switch filepath.Base(out) {
	case ".", "..":
		out = absolute(out)
	}
	return filepath.Clean(out) + Suffix
}

// absolute returns an absolute form of path, to compare it with another. Without a working
// directory there is none, and path does as it is.
func absolute(path string) string {
	if abs, err := filepath.Abs(path); err == nil {
		return abs
	}
	return filepath.Clean(path)
}

// Stream returns a set whose main file is w and that has no other. Nothing is staged.
func Stream(w io.Writer) *Stage { return &Stage{fs: OS{}, stdout: w} }

// Stale tells whether Begin has discarded the files of a run that had died.
func (s *Stage) Stale() bool { return s.stale }

// Published tells whether every file has its final name. It can be true although Publish
// returned an error, if that came later.
func (s *Stage) Published() bool { return s.published }

// File adds a file to the set. It does not create it: the first write does, or, for a main
// file, Publish. The error is an [*Error].
func (s *Stage) File(spec Spec) (*StageFile, error) {
	if spec.Perm == 0 {
		spec.Perm = 0o644
	}
	f := &StageFile{stage: s, spec: spec}
	if s.stdout != nil && spec.Main {
		f.path, f.stream = stdoutName, s.stdout
		s.files = append(s.files, f)
		return f, nil
	}
	if err := s.check(spec); err != nil {
		return nil, err
	}
	f.path = filepath.Join(s.dir, filepath.FromSlash(spec.Name))
	s.files = append(s.files, f)
	return f, nil
}

// Open opens a file of the staging directory for the caller alone, to be read and written. It is
// no part of the set, and goes with the directory; the caller closes it before that. The error is
// an [*Error].
func (s *Stage) Open(name string, perm fs.FileMode) (File, error) {
	switch {
	case s.ended:
		return nil, ioError("open", name, os.ErrClosed)
	case s.dir == "":
		return nil, ioError("open", name, ErrNoStage)
	}
	path := filepath.Join(s.dir, name)
	f, err := s.fs.OpenFile(path, os.O_RDWR|os.O_CREATE, perm)
	if err != nil {
		return nil, ioError("open", path, err)
	}
	return f, nil
}

// check finds out at the start what would make the end fail.
func (s *Stage) check(spec Spec) error {
	if s.ended {
		return ioError("create", spec.Name, os.ErrClosed)
	}
	if s.dir == "" {
		return ioError("create", spec.Final, ErrNoStage)
	}
	if !filepath.IsLocal(filepath.FromSlash(spec.Name)) || spec.Name == lockName {
		return ioError("create", spec.Name, fs.ErrInvalid)
	}
	for _, f := range s.files {
		if f.spec.Name == spec.Name {
			return ioError("create", spec.Name, fs.ErrExist)
		}
		if spec.Final != "" && f.stagedFor(spec.Final) {
			return ioError("create", spec.Final, ErrSameFinal)
		}
	}
	if spec.Final == "" {
		return nil
	}
	return s.checkFinal(spec.Final)
}

func (s *Stage) checkFinal(final string) error {
	info, err := s.fs.Stat(final)
	switch {
	case err == nil && !info.Mode().IsRegular():
		return ioError("create", final, ErrNotRegular)
	case err == nil || s.below(final):
		return nil
	case !errors.Is(err, fs.ErrNotExist):
		return ioError("create", final, err)
	}
	_, err = s.fs.Stat(filepath.Dir(final))
	return ioError("create", final, err)
}

// below tells whether path lies in the output, which is a directory then.
func (s *Stage) below(path string) bool {
	rel, err := filepath.Rel(absolute(s.out), absolute(path))
	return err == nil && rel != "." && filepath.IsLocal(rel)
}

// Sync hands all that was written to the disk and waits until it is there. Afterwards each
// file's Size is a length that survives a crash; of a brotli stream that is what has left
// the encoder. Standard output is only flushed.
func (s *Stage) Sync() error {
	for _, f := range s.files {
		if err := f.sync(); err != nil {
			return err
		}
	}
	return s.syncDirs(s.unsynced)
}

// Publish finishes all files, gives them their final names and removes the staging
// directory. After an error the caller calls Discard; files that already have their final
// name keep it. The error is an [*Error].
func (s *Stage) Publish() error {
	if s.ended {
		return ioError("publish", s.out, os.ErrClosed)
	}
	for _, f := range s.files {
		if err := f.Finish(); err != nil {
			return err
		}
	}
	sides, err := s.rename(false)
	if err == nil {
		err = s.syncDirs(sides)
	}
	if err != nil {
		return err
	}
	mains, err := s.rename(true)
	if err != nil {
		return err
	}
	s.published = true
	if err := s.syncDirs(mains); err != nil {
		return err
	}
	return s.end()
}

// Discard closes all files and removes the staging directory. Files under final names stay as
// they are. After Publish or Discard it does nothing.
func (s *Stage) Discard() error {
	if s.ended {
		return nil
	}
	return s.end()
}

// rename gives the main or the side files their final names. It returns the directories
// that have changed.
func (s *Stage) rename(main bool) (map[string]bool, error) {
	changed := map[string]bool{}
	for _, f := range s.files {
		if f.spec.Main != main || !f.hasFinal() {
			continue
		}
		if err := s.renameOne(f, changed); err != nil {
			return nil, err
		}
	}
	return changed, nil
}

func (s *Stage) renameOne(f *StageFile, changed map[string]bool) error {
	final := f.spec.Final
	dir := filepath.Dir(final)
	if !f.created {
		return s.removeOld(final, changed)
	}
	if s.below(final) {
		if err := s.fs.MkdirAll(dir, dirPerm); err != nil {
			return ioError("mkdir", dir, err)
		}
		s.addParents(changed, dir)
	}
	changed[dir] = true
	err := s.fs.Rename(f.path, final)
	if crossDevice(err) {
		return s.copyAcross(f)
	}
	return ioError("rename", final, err)
}

// removeOld removes a side file of an earlier run.
func (s *Stage) removeOld(final string, changed map[string]bool) error {
	err := s.fs.Remove(final)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	changed[filepath.Dir(final)] = true
	return ioError("remove", final, err)
}

// addParents adds the directories from dir up to the parent of the output.
func (s *Stage) addParents(dirs map[string]bool, dir string) {
	for s.below(dir) {
		dir = filepath.Dir(dir)
		dirs[dir] = true
	}
	dirs[filepath.Dir(s.out)] = true
}

// copyAcross is a rename to another file system.
func (s *Stage) copyAcross(f *StageFile) error {
	temp := f.spec.Final + copySuffix
	err := s.copyFile(f.path, temp, f.spec.Perm)
	if err == nil {
		err = ioError("rename", f.spec.Final, s.fs.Rename(temp, f.spec.Final))
	}
	if err != nil {
		err = errors.Join(err, s.dropCopy(temp))
	}
	return err
}

func (s *Stage) dropCopy(temp string) error {
	err := s.fs.Remove(temp)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return ioError("remove", temp, err)
}

func (s *Stage) copyFile(from, to string, perm fs.FileMode) error {
	src, err := s.fs.OpenFile(from, os.O_RDONLY, 0)
	if err != nil {
		return ioError("open", from, err)
	}
	defer src.Close()
	dst, err := s.fs.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, perm)
	if err != nil {
		return ioError("create", to, err)
	}
	if _, err = io.Copy(dst, src); err == nil {
		err = dst.Sync()
	}
	return ioError("copy", to, errors.Join(err, dst.Close()))
}

// syncDirs makes the names in the directories durable, in the order of their paths, and
// empties the set.
func (s *Stage) syncDirs(dirs map[string]bool) error {
	for _, dir := range slices.Sorted(maps.Keys(dirs)) {
		if err := s.fs.SyncDir(dir); err != nil {
			return ioError("sync", dir, err)
		}
		delete(dirs, dir)
	}
	return nil
}

// acquire makes the staging directory and takes the lock in it. A run that ends at the same
// time removes both, so it tries again if they went away.
func (s *Stage) acquire() error {
	var err error
	for range lockAttempts {
		if err = s.tryAcquire(); !errors.Is(err, fs.ErrNotExist) {
			break
		}
		if _, gone := s.fs.Stat(filepath.Dir(s.dir)); gone != nil {
			break
		}
	}
	return err
}

func (s *Stage) tryAcquire() error {
	err := s.fs.Mkdir(s.dir, dirPerm)
	made := err == nil
	if errors.Is(err, fs.ErrExist) {
		err = s.checkOurs()
	}
	if err != nil {
		return ioError("mkdir", s.dir, err)
	}
	lock := filepath.Join(s.dir, lockName)
	s.lock, err = s.fs.Lock(lock)
	if err != nil && made {
		s.fs.Remove(s.dir) // an empty one is in nobody's way if this fails, too
	}
	return ioError("lock", lock, err)
}

// checkOurs checks that the directory is a staging directory: empty, or with a lock in it.
func (s *Stage) checkOurs() error {
	entries, err := s.fs.ReadDir(s.dir)
	if err != nil || len(entries) == 0 {
		return err
	}
	if hasLock(entries) {
		return nil
	}
	return ErrForeign
}

// clear removes everything but the lock from the staging directory and tells whether there
// was anything.
func (s *Stage) clear() (found bool, err error) {
	entries, err := s.fs.ReadDir(s.dir)
	if err != nil {
		return false, ioError("list", s.dir, err)
	}
	for _, e := range entries {
		if e.Name() == lockName {
			continue
		}
		found = true
		path := filepath.Join(s.dir, e.Name())
		if err := s.fs.RemoveAll(path); err != nil {
			return found, ioError("remove", path, err)
		}
	}
	return found, nil
}

// end closes what is open, removes the staging directory and lets go of the lock, whatever
// fails on the way.
func (s *Stage) end() error {
	s.ended = true
	var errs []error
	for _, f := range s.files {
		errs = append(errs, f.abandon())
	}
	if s.dir != "" {
		_, err := s.clear()
		errs = append(errs, err, s.release(err == nil))
	}
	return errors.Join(errs...)
}

// release lets go of the lock, and removes the directory if it is empty but for that.
// Another run may have taken the directory over by then, and keeps it.
func (s *Stage) release(remove bool) error {
	err := ioError("unlock", filepath.Join(s.dir, lockName), s.lock.Release(remove))
	if err != nil || !remove {
		return err
	}
	err = s.fs.Remove(s.dir)
	if err == nil || errors.Is(err, fs.ErrNotExist) || s.takenOver() {
		return nil
	}
	return ioError("remove", s.dir, err)
}

func (s *Stage) takenOver() bool {
	entries, err := s.fs.ReadDir(s.dir)
	return err == nil && hasLock(entries)
}

func hasLock(entries []fs.DirEntry) bool {
	return slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() == lockName })
}
