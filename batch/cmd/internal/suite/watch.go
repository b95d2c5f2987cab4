package suite

import (
	"context"
	"io/fs"
	"maps"
	"path/filepath"
	"strings"
	"time"
)

// Watcher says that files have changed.
type Watcher interface {
	// Wait returns the directories, of those watched, below which something has changed since the
	// last call, or since the watcher was made; it waits until there is one. Error: ctx's.
	Wait(ctx context.Context) ([]string, error)
}

// PollEvery is how often a Poll looks: often enough that nobody notices, at a cost that nobody
// notices either, since a plugin has few files.
const PollEvery = 40 * time.Millisecond

// Poll is a watcher that looks at the files now and then. Unlike what systems offer for it, this
// works in containers, on network drives and with every editor.
type Poll struct {
	tick <-chan time.Time
	dirs map[string]snapshot
	list []string // keys of dirs in the user's order
}

// NewPoll watches directories, looking whenever tick delivers.
func NewPoll(dirs []string, tick <-chan time.Time) *Poll {
	p := &Poll{tick: tick, dirs: map[string]snapshot{}, list: dirs}
	for _, dir := range dirs {
		p.dirs[dir] = look(dir)
	}
	return p
}

// Wait waits for a change.
func (p *Poll) Wait(ctx context.Context) ([]string, error) {
	for {
		select {
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		case <-p.tick:
		}
		var changed []string
		for _, dir := range p.list {
			if now := look(dir); !maps.Equal(now, p.dirs[dir]) {
				p.dirs[dir] = now
				changed = append(changed, dir)
			}
		}
		if changed != nil {
			return changed, nil
		}
	}
}

// snapshot is what can be seen of files without reading them.
type snapshot map[string]stamp

type stamp struct {
	size  int64
	mtime time.Time
}

// look lists the files below a directory, those of node_modules and with a leading dot left out.
func look(dir string) snapshot {
	s := snapshot{}
	_ = filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return nil // it goes away while we look
		}
		if path != dir && (e.Name() == "node_modules" || strings.HasPrefix(e.Name(), ".")) {
			if e.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if info, err := e.Info(); err == nil && !e.IsDir() {
			s[path] = stamp{info.Size(), info.ModTime()}
		}
		return nil
	})
	return s
}
