package batch

import (
	"bytes"
	"cmp"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/plugreel/plugreel/batch/internal/input"
	"github.com/plugreel/plugreel/sdk"
)

// fact is something that must be the same when a run is resumed.
type fact struct {
	Name  string `json:"name"`
	Value string `json:"value"`

	secret bool // only a keyed hash of the value is kept
}

// facts lists all that the bytes of the outputs depend on.
func (r *run) facts(inputs []input.Input, fsys input.FS, outputs []fact) ([]fact, error) {
	facts := []fact{
		{Name: "plugreel", Value: Version()},
		{Name: "Go", Value: runtime.Version()},
	}
	facts = append(facts, outputs...)
	facts = append(facts, r.opts.facts()...)
	facts = append(facts, r.chain.facts()...)
	for i, in := range inputs {
		value, err := identity(fsys, in.Path)
		if err != nil {
			return nil, err
		}
		facts = append(facts, fact{Name: fmt.Sprintf("input %d (%s)", i+1, in.Path), Value: value})
	}
	return facts, nil
}

// facts lists the options that change what is written. Those that do not are in the test of this.
func (o *Options) facts() []fact {
	return []fact{
		{Name: "longest record", Value: fmt.Sprint(o.MaxRecord)},
		{Name: "error policy", Value: o.OnError.String()},
		{Name: "team id", Value: fmt.Sprint(o.TeamID)},
		{Name: "limit", Value: fmt.Sprint(o.Limit)},
		{Name: "seed", Value: fmt.Sprint(o.Seed), secret: true},
		{Name: "clock start", Value: o.ClockStart.Format(time.RFC3339Nano)},
		{Name: "real clock", Value: fmt.Sprint(o.RealClock)},
		{Name: "state file", Value: fmt.Sprint(o.State.InFile())},
		{Name: "places of addresses", Value: edition(o.GeoIP)},
		{Name: "network", Value: fmt.Sprint(o.Fetcher != nil)},
		{Name: "shape in", Value: o.From.String()},
		{Name: "shape out", Value: o.To.String()},
		{Name: "partitions", Value: cmp.Or(o.PartitionBy, "none")},
		{Name: "dedupe", Value: fmt.Sprint(o.Dedupe)},
		{Name: "tasks are off", Value: fmt.Sprint(o.ScheduleOff)},
		{Name: "webhooks are sent", Value: fmt.Sprint(o.Deliverer != nil)},
		{Name: "shard", Value: o.Shard.fact()},
	}
}

// edition tells a database from others, as far as it can say what it is.
func edition(db sdk.GeoIP) string {
	switch db := db.(type) {
	case nil:
		return "none"
	case fmt.Stringer:
		return db.String()
	}
	return "some"
}

// facts lists what the plugins are and how they are configured.
func (c Chain) facts() []fact {
	facts := []fact{{Name: "plugins", Value: fmt.Sprint(len(c))}}
	for i := range c {
		facts = append(facts, c[i].facts(fmt.Sprintf("plugin %d", i+1))...)
	}
	return facts
}

func (p *Plugin) facts(which string) []fact {
	info := p.Program.Info()
	facts := []fact{{Name: which, Value: p.Name + " (" + info.Name + ")"}}
	for name, sum := range fileSums(info.Files) {
		facts = append(facts, fact{Name: p.Name + ": file " + name, Value: sum})
	}
	if config, err := sdk.ParseObject(p.Config); err == nil {
		for key, v := range config.All() {
			facts = append(facts, fact{Name: p.Name + ": config " + key, Value: string(v.Raw()), secret: true})
		}
	}
	for key, sum := range p.attachmentSums() {
		facts = append(facts, fact{Name: p.Name + ": attachment " + key, Value: sum, secret: true})
	}
	slices.SortFunc(facts[1:], func(a, b fact) int { return strings.Compare(a.Name, b.Name) })
	return facts
}

// attachmentSums hashes the contents of the attachments, by key.
func (p *Plugin) attachmentSums() map[string]string {
	sums := maps.Clone(p.sums)
	for key, file := range p.Attachments {
		if p.sums != nil {
			break
		}
		if sums == nil {
			sums = map[string]string{}
		}
		sum := sha256.Sum256(file.Contents)
		sums[key] = hex.EncodeToString(sum[:])
	}
	return sums
}

// identityBytes is how much of the start and of the end of an input tells it from another one
// of the same size and time.
const identityBytes = 64 << 10

var errNotRegular = errors.New("not a regular file")

// identity describes the content of a file. Errors: errNotRegular, or an *IOError.
func identity(fsys input.FS, path string) (string, error) {
	if fsys == nil {
		fsys = input.OS{}
	}
	info, err := fsys.Stat(path)
	if err != nil {
		return "", &IOError{Op: "stat", Path: path, Err: plainError(err)}
	}
	if !info.Mode().IsRegular() {
		return "", errNotRegular
	}
	file, err := input.OpenSeeker(fsys, path)
	if err != nil {
		return "", inputError(err)
	}
	defer file.Close()
	sum, err := endsSum(file, info)
	if err != nil {
		return "", &IOError{Op: "read", Path: path, Err: plainError(err)}
	}
	modified := info.ModTime().UTC().Format(time.RFC3339Nano)
	return fmt.Sprintf("%d bytes, modified %s, ends %x", info.Size(), modified, sum), nil
}

// endsSum hashes the start and the end of a file.
func endsSum(file io.ReadSeeker, info fs.FileInfo) ([]byte, error) {
	h := sha256.New()
	if _, err := io.CopyN(h, file, identityBytes); err != nil && err != io.EOF {
		return nil, err
	}
	if _, err := file.Seek(max(0, info.Size()-identityBytes), io.SeekStart); err != nil {
		return nil, err
	}
	if _, err := io.CopyN(h, file, identityBytes); err != nil && err != io.EOF {
		return nil, err
	}
	return h.Sum(nil), nil
}

// sealed replaces the values of secret facts by what cannot be turned back, nor guessed without
// the key.
func sealed(facts []fact, key []byte) []fact {
	facts = slices.Clone(facts)
	for i, f := range facts {
		if f.secret {
			mac := hmac.New(sha256.New, key)
			mac.Write([]byte(f.Name + "\x00" + f.Value))
			facts[i].Value = hex.EncodeToString(mac.Sum(nil))
		}
	}
	return facts
}

// shownChanges is how many differences an error names.
const shownChanges = 3

// changes says in what facts differ from those of an unfinished run, which are sealed with the
// key; nil if in nothing.
func changes(was, facts []fact, key []byte) error {
	old := make(map[string]string, len(was))
	for _, f := range was {
		old[f.Name] = f.Value
	}
	var list []string
	for i, f := range sealed(facts, key) {
		before, found := old[f.Name]
		delete(old, f.Name)
		switch {
		case !found:
			list = append(list, f.Name+": is new")
		case before != f.Value && facts[i].secret:
			list = append(list, f.Name+": has changed")
		case before != f.Value:
			list = append(list, fmt.Sprintf("%s: got %s, want %s", f.Name, f.Value, before))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(old)) {
		list = append(list, name+": is gone")
	}
	if len(list) == 0 {
		return nil
	}
	var text bytes.Buffer
	text.WriteString(strings.Join(list[:min(len(list), shownChanges)], "; "))
	if more := len(list) - shownChanges; more > 0 {
		fmt.Fprintf(&text, "; and %d more", more)
	}
	return fmt.Errorf("the unfinished run was another one: %s; without resuming it the replay begins again", &text)
}
