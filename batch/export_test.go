package batch

import "github.com/plugreel/plugreel/batch/internal/output"

// CreateOn is Create on another file system.
func CreateOn(fsys output.FS, path string) Sink { return &fileSink{name: path, fsys: fsys} }
