package output

import "golang.org/x/sys/unix"

// StartSync is a [starter]'s. Where the file system has no such thing, nothing is lost but time.
func (f osFile) StartSync(offset, n int64) {
	_ = unix.SyncFileRange(int(f.Fd()), offset, n, unix.SYNC_FILE_RANGE_WRITE)
}
