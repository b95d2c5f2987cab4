package batch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sort"
	"strconv"
	"strings"

	"github.com/plugreel/plugreel/batch/internal/input"
	"github.com/plugreel/plugreel/sdk"
)

// Shard is one of Count parts of a replay, which run anywhere and at any time, each with outputs of
// its own. The zero value is all of it.
//
// All bytes of all files, as they are stored and in their order, are cut into Count ranges of the
// same length. A record of a plain file belongs to the shard in whose range its first byte is; so does a
// row group of Parquet, and a compressed file, which are not taken apart. So every record is in one
// shard, the outputs of all shards one after the other are the records of the whole replay in their
// order, and the counts of the reports add up to those of the whole.
type Shard struct {
	Index int // 1 to Count
	Count int
}

// String returns "Index/Count".
func (s Shard) String() string { return fmt.Sprintf("%d/%d", s.Index, s.Count) }

// fact is the shard in a ledger.
func (s Shard) fact() string {
	if s == (Shard{}) {
		return "none"
	}
	return s.String()
}

// UnmarshalText reads "Index/Count".
func (s *Shard) UnmarshalText(text []byte) error {
	index, count, _ := strings.Cut(string(text), "/")
	i, err1 := strconv.Atoi(index)
	n, err2 := strconv.Atoi(count)
	if err1 != nil || err2 != nil || i < 1 || i > n {
		return fmt.Errorf("got %q, want I/N, with I from 1 to N", text)
	}
	*s = Shard{i, n}
	return nil
}

// check refuses what shards cannot do: what one of them remembers, the others do not know.
func (s Shard) check(chain Chain, o Options) error {
	switch {
	case s == Shard{}:
		return nil
	case s.Index < 1 || s.Index > s.Count:
		return usagef("shard: got %v, want one from 1 to its number", s)
	case o.Limit > 0:
		return usagef("shard: got a limit, want none: it would hold for each shard")
	case o.Dedupe:
		return usagef("shard: got dedupe, which would not see the events of the other shards")
	case o.State != nil && o.State.InFile():
		return usagef("shard: got a state file, want none: each shard would see a part of the events")
	}
	if p := chain.remembers(sdk.StateStore); p != nil {
		return usagef("shard: %s, and each shard would see a part of the events", p.memory())
	}
	return nil
}

// reach is the range of the shard in total bytes.
func (s Shard) reach(total int64) (from, to int64) {
	at := func(i int) int64 { // total*i/Count without overflow
		n := int64(s.Count)
		return total/n*int64(i) + total%n*int64(i)/n
	}
	return at(s.Index - 1), at(s.Index)
}

// parts returns what of the inputs is in the shard.
func (s Shard) parts(ctx context.Context, fsys input.FS, inputs []input.Input) ([]part, error) {
	if s == (Shard{}) {
		return whole(inputs), nil
	}
	total := int64(0)
	for _, in := range inputs {
		if in.Path == input.Stdin {
			return nil, usagef("shard: got standard input, want files")
		}
		total += in.Size
	}
	from, to := s.reach(total)
	var parts []part
	begin := int64(0) // of the input, in all bytes
	for _, in := range inputs {
		p, ok, err := s.part(ctx, fsys, in, from-begin, to-begin)
		if err != nil {
			return nil, err
		}
		if ok {
			parts = append(parts, p)
		}
		begin += in.Size
	}
	return parts, nil
}

// part returns what of one input is in the range, which is given relative to the input.
func (s Shard) part(ctx context.Context, fsys input.FS, in input.Input, from, to int64) (p part, ok bool, err error) {
	p = all(in)
	begins := from <= 0 && (to > 0 || s.Index == s.Count && to == 0)
	if begins && to >= in.Size {
		return p, true, nil
	}
	if from >= in.Size || to <= 0 {
		return p, false, nil
	}
	err = p.cut(ctx, fsys, from, min(to, in.Size))
	if errors.Is(err, errWhole) {
		return all(in), begins, nil
	}
	return p, err == nil && p.size() > 0, err
}

// errWhole says that a file cannot be cut.
var errWhole = errors.New("neither a plain file nor row groups")

// cut makes p the slice of its file that has the lines, or row groups, that begin from from on and
// before to.
func (p *part) cut(ctx context.Context, fsys input.FS, from, to int64) error {
	kind, err := input.KindOf(ctx, fsys, p.Input)
	switch {
	case err != nil:
		return inputError(err)
	case kind == input.Plain:
		return p.cutLines(fsys, from, to)
	case kind == input.Parquet:
		return p.cutGroups(fsys, from, to)
	}
	return errWhole
}

// cutGroups is cut for Parquet. A file without row groups, or that nobody can find them in, is whole.
func (p *part) cutGroups(fsys input.FS, from, to int64) error {
	begins, err := input.RowGroups(fsys, p.Path)
	if err != nil {
		return inputError(err)
	}
	groups := len(begins) - 1
	if groups == 0 {
		return errWhole
	}
	first := func(at int64) int { // the first row group that begins at or after at
		return sort.Search(groups, func(i int) bool { return begins[i] >= at })
	}
	p.start.Group, p.end.Group = first(from), first(to)
	p.from, p.to = begins[p.start.Group], begins[p.end.Group]
	if p.end.Group == groups {
		p.end = input.Position{} // what the footer says of the whole file is looked at, too
	}
	return nil
}

// cutLines is cut for a plain file.
func (p *part) cutLines(fsys input.FS, from, to int64) error {
	file, err := input.OpenSeeker(fsys, p.Path)
	if err != nil {
		return inputError(err)
	}
	defer file.Close()
	if err := p.align(file, from, to); err != nil {
		return &IOError{Op: "read", Path: p.Path, Err: plainError(err)}
	}
	return nil
}

// align moves the ends of a slice to where lines begin.
func (p *part) align(file io.ReadSeeker, from, to int64) (err error) {
	if p.start.Offset, err = input.LineStart(file, max(from, 0)); err != nil {
		return err
	}
	if p.end.Offset, err = input.LineStart(file, to); err != nil {
		return err
	}
	p.from, p.to = p.start.Offset, p.end.Offset
	p.start.Line, err = input.CountLines(file, p.start.Offset)
	return err
}
