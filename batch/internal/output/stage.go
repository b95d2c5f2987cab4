package output

import (
	"cmp"
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

	// LedgerName is a file in a staging directory that goes last: as long as it is there, what
	// it tells of can be taken up.
	LedgerName = "ledger"

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
	// Keep leaves what a dead run has left in the staging directory, for Restore or Clear.
	Keep bool
}

// Spec describes a file of a set.
type Spec struct {
	// Name is the path in the staging directory, such as "part" or "out/2024/a.ndjson", with
	// slashes. It must be local (filepath.IsLocal), and neither "lock" nor LedgerName.
	Name string `json:"name"`

	// Final is the path that the file gets at Publish. Its directory must exist, or lie
	// below the output path that Begin was given. The file must not be an input; see
	// FileSet. Empty: the file never leaves the staging directory, and goes with it.
	Final string `json:"final,omitempty"`

	// Perm is the mode of the file, from which the umask is taken; 0 means 0644. Files with
	// secrets in them have 0600.
	Perm fs.FileMode `json:"perm"`

	// Codec says what the file is to hold. For Gzip and Zstd, what is written must be whole
	// units, from an Encoder; for Parquet each write must be one unit. Brotli is compressed here.
	Codec Codec `json:"codec,omitempty"`

	// Main marks the output proper: it is published even if nothing was written, and after
	// all files that are not Main.
	Main bool `json:"main,omitempty"`
}

// Stage is the set of files of one replay. One goroutine uses it and its files at a time.
type Stage struct {
	fs     FS
	out    string
	dir    string // "" if nothing is staged
	lock   Lock
	stdout io.Writer
	files  []*StageFile
	names  map[string]*StageFile // by Spec.Name
	finals map[string]bool       // absolute

	unsynced  map[string]bool // directories with names that are not durable yet
	stale     bool
	restored  bool
	published bool
	ended     bool
}

// Begin locks out against other runs and makes the staging directory out+Suffix, whose
// parent must exist. It discards what a dead run has left there, unless it is to be kept. A nil
// fsys is the operating system's. The caller ends the stage with Publish, Discard or Leave. The
// error is an [*Error].
func Begin(fsys FS, out string, o Options) (*Stage, error) {
	s := newStage(orOS(fsys))
	s.out, s.dir, s.stdout = filepath.Clean(out), stagingDir(out), o.Stdout
	if err := s.acquire(); err != nil {
		return nil, err
	}
	s.unsynced[filepath.Dir(s.dir)], s.unsynced[s.dir] = true, true
	if o.Keep {
		return s, nil
	}
	if err := s.Clear(); err != nil {
		return nil, errors.Join(err, s.release(false))
	}
	return s, nil
}

// Clear discards what a dead run has left in the staging directory. Only files that were added
// afterwards are of the set.
func (s *Stage) Clear() error {
	found, err := s.clear()
	s.stale = s.stale || found
	return err
}

// Unfinished tells whether there is a staging directory of an output: a run that is under way, or one
// that has died. A nil fsys is the operating system's.
func Unfinished(fsys FS, out string) bool {
	info, err := orOS(fsys).Stat(stagingDir(out))
	return err == nil && info.IsDir()
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
func Stream(w io.Writer) *Stage {
	s := newStage(OS{})
	s.stdout = w
	return s
}

func newStage(fsys FS) *Stage {
	return &Stage{fs: fsys, names: map[string]*StageFile{}, finals: map[string]bool{}, unsynced: map[string]bool{}}
}

// FS is the file system of the stage.
func (s *Stage) FS() FS { return s.fs }

// Path is where a name in the staging directory is.
func (s *Stage) Path(name string) string { return filepath.Join(s.dir, filepath.FromSlash(name)) }

// Stale tells whether the files of a run that had died were discarded.
func (s *Stage) Stale() bool { return s.stale }

// Unfinished tells whether there is something left to be done: not all files are published, or the
// staging directory is still there.
func (s *Stage) Unfinished() bool { return !s.ended }

// Published tells whether every file has its final name. It can be true although Publish
// returned an error, if that came later.
func (s *Stage) Published() bool { return s.published }

// File adds a file to the set. It does not create it: the first write does, or, for a main
// file, Publish. A file that was restored is returned as it stands. The error is an [*Error].
func (s *Stage) File(spec Spec) (*StageFile, error) {
	if spec.Perm == 0 {
		spec.Perm = 0o644
	}
	f := &StageFile{stage: s, spec: spec}
	if s.stdout != nil && spec.Main {
		f.path, f.stream = stdoutName, s.stdout
		s.add(f)
		return f, nil
	}
	if f := s.takeRestored(spec); f != nil {
		return f, nil
	}
	if err := s.check(spec); err != nil {
		return nil, err
	}
	f.path = s.Path(spec.Name)
	s.add(f)
	return f, nil
}

// add takes a file into the set.
func (s *Stage) add(f *StageFile) {
	s.files = append(s.files, f)
	s.names[f.spec.Name] = f
	if f.hasFinal() {
		s.finals[absolute(f.spec.Final)] = true
	}
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
	path := s.Path(name)
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
	if !filepath.IsLocal(filepath.FromSlash(spec.Name)) || spec.Name == lockName || spec.Name == LedgerName {
		return ioError("create", spec.Name, fs.ErrInvalid)
	}
	if s.names[spec.Name] != nil {
		return ioError("create", spec.Name, fs.ErrExist)
	}
	if spec.Final == "" {
		return nil
	}
	if s.finals[absolute(spec.Final)] {
		return ioError("create", spec.Final, ErrSameFinal)
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

// Publish finishes all files, gives them their final names and removes the staging
// directory. After an error the caller calls Discard; files that already have their final
// name keep it. The error is an [*Error].
func (s *Stage) Publish() error {
	if err := s.Finish(); err != nil {
		return err
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

// Finish finishes all files: nothing can be written any more. Publish does it, too.
func (s *Stage) Finish() error {
	if s.ended {
		return ioError("publish", s.out, os.ErrClosed)
	}
	for _, f := range s.files {
		if err := f.Finish(); err != nil {
			return err
		}
	}
	return nil
}

// Leave closes all files and lets go of the lock. What is in the staging directory stays there, for
// a Begin that keeps it. After Publish, Discard or Leave it does nothing.
func (s *Stage) Leave() error {
	if s.ended || s.dir == "" {
		return nil
	}
	s.ended = true
	errs := []error{}
	for _, f := range s.files {
		errs = append(errs, f.abandon())
	}
	return errors.Join(append(errs, s.release(false))...)
}

// Discard closes all files and removes the staging directory. Files under final names stay as
// they are. After Publish, Discard or Leave it does nothing.
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
	if f.published {
		return nil
	}
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

// clear removes everything but the lock from the staging directory, the ledger last, and tells
// whether there was anything.
func (s *Stage) clear() (found bool, err error) {
	entries, err := s.fs.ReadDir(s.dir)
	if err != nil {
		return false, ioError("list", s.dir, err)
	}
	slices.SortStableFunc(entries, func(a, b fs.DirEntry) int {
		return cmp.Compare(rank(a.Name()), rank(b.Name()))
	})
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

// rank says what is removed first.
func rank(name string) int {
	if name == LedgerName {
		return 1
	}
	return 0
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
