package testkit

import (
	"bytes"
	"fmt"
	"io/fs"
	"time"

	"github.com/plugreel/plugreel/sdk"
)

// overrideManifest is a file system in which members of plugin.json are replaced.
func overrideManifest(fsys fs.FS, members []byte) (fs.FS, error) {
	over, err := sdk.ParseObject(members)
	if err != nil {
		return nil, fmt.Errorf("plugin.json: %w", err)
	}
	text, err := fs.ReadFile(fsys, "plugin.json")
	if err != nil {
		text = []byte("{}")
	}
	own, err := sdk.ParseObject(text)
	if err != nil {
		return nil, fmt.Errorf("plugin.json of the plugin: %w", err)
	}
	over.Each(func(key string, v sdk.Value) bool { own.SetValue(key, v); return true })
	return manifestFS{fsys, own.AppendJSON(nil)}, nil
}

// manifestFS is a file system with another plugin.json.
type manifestFS struct {
	fs.FS
	manifest []byte
}

func (f manifestFS) Open(name string) (fs.File, error) {
	if name == "plugin.json" {
		return &manifestFile{bytes.NewReader(f.manifest), int64(len(f.manifest))}, nil
	}
	return f.FS.Open(name)
}

// manifestFile is a plugin.json that is open.
type manifestFile struct {
	*bytes.Reader
	size int64
}

func (f *manifestFile) Stat() (fs.FileInfo, error) { return f, nil }
func (f *manifestFile) Close() error               { return nil }
func (f *manifestFile) Name() string               { return "plugin.json" }
func (f *manifestFile) Size() int64                { return f.size }
func (f *manifestFile) Mode() fs.FileMode          { return 0o444 }
func (f *manifestFile) ModTime() time.Time         { return time.Time{} }
func (f *manifestFile) IsDir() bool                { return false }
func (f *manifestFile) Sys() any                   { return nil }
