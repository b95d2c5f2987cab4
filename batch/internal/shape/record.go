package shape

import (
	"bytes"
	"strconv"

	"github.com/plugreel/plugreel/sdk"
)

// shared are the members that a row and its view have in common, in the order of the view; the
// properties come last.
var shared = [...]string{"uuid", "event", "distinct_id", "timestamp", "properties"}

// Shaper makes events of one worker. Calls must not overlap.
type Shaper struct {
	Arena *sdk.Arena

	team    sdk.Value
	scratch []byte
	text    []byte // room for the texts of events
}

// New returns a Shaper that takes memory from arena and gives team to records that have no
// team_id, unless it is 0.
func New(arena *sdk.Arena, team int64) *Shaper {
	s := &Shaper{Arena: arena}
	if team != 0 {
		s.team = sdk.RawValue(strconv.AppendInt(nil, team, 10))
	}
	return s
}

// Record is one record on its way through the chain. It is valid until the next Open.
type Record struct {
	// Event is what the first processEvent gets.
	Event *sdk.PluginEvent
	// Written says that Event was written to already: it needs a Checkpoint before a plugin
	// may have to be undone.
	Written bool
	// Team is the team_id as plugins see it, missing if they see none.
	Team sdk.Value

	shaper   *Shaper
	kind     Kind
	columns  *columns
	teamLent bool             // team_id is not the record's own
	row      *sdk.PluginEvent // the record, if Event is a view of it; else nil
	before   row
}

// row holds what the view was made of, to tell what a plugin has changed.
type row struct {
	properties   sdk.Value // as in the view
	asText       bool      // properties is text in the row
	ip, now      sdk.Value
	set, setOnce sdk.Value // in the properties
}

// Open makes the event of the record e, which it may use as that event. hint is what is known
// of the file.
func (s *Shaper) Open(e *sdk.PluginEvent, hint Hint) Record {
	kind := hint.Of(e)
	r := Record{Event: e, shaper: s, kind: kind, columns: columnsOf(e, kind)}
	r.Team = frozen(e.Get(r.columns.team))
	if kind != Capture {
		r.row = e
		r.Event, r.before = s.view(e, r.columns)
		r.Written = true
		if r.Team.Exists() {
			r.Event.SetValue("team_id", r.Team)
		}
	}
	if !r.Team.Exists() && s.team.Exists() {
		r.Team, r.teamLent, r.Written = s.team, true, true
		r.Event.SetValue("team_id", s.team)
	}
	return r
}

var (
	null      = sdk.RawValue([]byte("null"))
	emptyText = sdk.RawValue([]byte(`""`))
	noMembers = sdk.RawValue([]byte("{}"))
)

func (s *Shaper) view(e *sdk.PluginEvent, c *columns) (*sdk.PluginEvent, row) {
	props, asText := properties(e, c)
	v := s.share(e, c, props)
	before := row{properties: props, asText: asText, now: now(e, c)}
	inView := v.Get("properties")
	before.ip = or(frozen(member(inView, "$ip")), or(e.Get(c.ip), null))
	before.set = person(inView, "$set", e.Get(c.set))
	before.setOnce = person(inView, "$set_once", e.Get(c.setOnce))
	v.SetValue("ip", before.ip)
	v.SetValue("site_url", emptyText)
	copyMember(v, "now", before.now)
	copyMember(v, "$set", before.set)
	copyMember(v, "$set_once", before.setOnce)
	return v, before
}

// person returns what an event sets of a person: a member of its properties, or what stands
// beside them, if that is an object.
func person(props sdk.Value, name string, beside sdk.Value) sdk.Value {
	if v := member(props, name); v.Exists() || beside.Kind() != sdk.KindObject {
		return frozen(v)
	}
	return frozen(beside)
}

// share makes an event of the members that a row shares with its view.
func (s *Shaper) share(e *sdk.PluginEvent, c *columns, props sdk.Value) *sdk.PluginEvent {
	w := s.begin()
	for i, name := range shared[:len(shared)-1] {
		w.member(name, e.Get(c.shared[i]))
	}
	w.member("properties", props)
	return s.end(w)
}

// frozen is v as it is now. A value that is an object shows what is written to it later.
func frozen(v sdk.Value) sdk.Value {
	if !v.Exists() {
		return v
	}
	return sdk.RawValue(v.Raw())
}

// now is the time at which a row was received, as far as it is known.
func now(e *sdk.PluginEvent, c *columns) sdk.Value {
	return or(e.Get(c.createdAt), or(e.Get(c.insertedAt), e.Get(c.time)))
}

// properties returns the properties of a row, and whether they are text there that holds an
// object. Any other text stays what it is.
func properties(e *sdk.PluginEvent, c *columns) (v sdk.Value, asText bool) {
	v = e.Get(c.properties)
	text, ok := v.Str()
	if !ok {
		return v, false
	}
	object := []byte(text)
	object = bytes.TrimSpace(object)
	if len(object) == 0 || object[0] != '{' || sdk.Validate(object) != nil {
		return v, false
	}
	return sdk.RawValue(object), true
}

// member returns a member of v, missing if v is no object.
func member(v sdk.Value, name string) sdk.Value {
	o, ok := v.Object()
	if !ok {
		return sdk.Value{}
	}
	return o.Get(name)
}

func or(v, other sdk.Value) sdk.Value {
	if v.Exists() && !v.IsNull() {
		return v
	}
	return other
}

func copyMember(to *sdk.PluginEvent, name string, v sdk.Value) {
	if v.Exists() {
		to.SetValue(name, v)
	}
}

// Kind returns the kind of the record: Capture, Row or Processed.
func (r *Record) Kind() Kind { return r.kind }

// Release ends the life of what Open made, and of the event that left the chain.
func (r *Record) Release(left *sdk.PluginEvent) {
	r.Event.Release()
	if left != nil {
		left.Release()
	}
	if r.row != nil {
		r.row.Release()
	}
}

// AppendJSON appends the record that left, the event that left the chain, stands for.
func (r *Record) AppendJSON(dst []byte, left *sdk.PluginEvent) []byte {
	if r.teamLent {
		left.Delete("team_id")
	}
	if r.row == nil {
		return left.AppendJSON(dst)
	}
	r.writeBack(left)
	return r.row.AppendJSON(dst)
}

// writeBack brings into the row what differs between the view as it was and left.
func (r *Record) writeBack(left *sdk.PluginEvent) {
	for i, name := range shared[:len(shared)-1] {
		column := r.columns.shared[i]
		if now := left.Get(name); r.differs(r.row.Get(column), now) {
			r.row.SetValue(column, now)
		}
	}
	before := &r.before
	props := left.Get("properties")
	set := r.differs(before.set, left.Get("$set"))
	once := r.differs(before.setOnce, left.Get("$set_once"))
	if set {
		r.writeBeside(r.columns.set, left.Get("$set"))
	}
	if once {
		r.writeBeside(r.columns.setOnce, left.Get("$set_once"))
	}
	if set || once || r.differs(before.properties, props) {
		r.writeProperties(left, set, once)
	}
	r.writeExtra(left)
}

// writeBeside changes what stands beside the properties, if there is something.
func (r *Record) writeBeside(column string, v sdk.Value) {
	if r.row.Get(column).Kind() == sdk.KindObject {
		r.row.SetValue(column, v)
	}
}

// writeProperties puts the properties of left into the row, with $set and $set_once in them if
// those were changed, and as text if they were text.
func (r *Record) writeProperties(left *sdk.PluginEvent, set, once bool) {
	if set || once {
		props := left.Properties()
		if set {
			props.SetValue("$set", left.Get("$set"))
		}
		if once {
			props.SetValue("$set_once", left.Get("$set_once"))
		}
	}
	props := left.Get("properties")
	column := r.columns.properties
	if !props.Exists() {
		r.row.Delete(column)
		return
	}
	if r.before.asText && props.Kind() == sdk.KindObject {
		r.row.Set(column, props.String())
		return
	}
	// In one piece: an object that grows piece by piece is copied again and again.
	r.shaper.scratch = props.AppendJSON(r.shaper.scratch[:0])
	r.row.SetValue(column, sdk.RawValue(r.shaper.scratch))
}

// writeExtra writes the members of left that a row does not share with its view, and that a
// plugin set.
func (r *Record) writeExtra(left *sdk.PluginEvent) {
	left.Each(func(name string, v sdk.Value) bool {
		switch name {
		case "uuid", "event", "distinct_id", "timestamp", "properties", "$set", "$set_once", "team_id":
			return true
		case "ip":
			if !r.differs(r.before.ip, v) {
				return true
			}
			name = r.columns.ip
		case "site_url":
			if !r.differs(emptyText, v) {
				return true
			}
		case "now":
			if !r.differs(r.before.now, v) {
				return true
			}
		}
		r.row.SetValue(name, v)
		return true
	})
}

// differs compares texts: a member that a plugin wrote with the same value is no change if it
// comes out the same.
func (r *Record) differs(a, b sdk.Value) bool {
	if a.Exists() != b.Exists() || a.Kind() != b.Kind() {
		return true
	}
	buf := a.AppendJSON(r.shaper.scratch[:0])
	n := len(buf)
	buf = b.AppendJSON(buf)
	r.shaper.scratch = buf
	return !bytes.Equal(buf[:n], buf[n:])
}

// GuardTeam undoes a change of team_id in e and says whether there was one.
func (r *Record) GuardTeam(e *sdk.PluginEvent) bool {
	now := e.Get("team_id")
	if !r.differs(r.Team, now) {
		return false
	}
	changed := !sameValue(r.Team, now)
	e.SetValue("team_id", r.Team)
	return changed
}

// sameValue compares what a language that decodes its values would compare: 1 and 1.0 are one
// number.
func sameValue(a, b sdk.Value) bool {
	if a.Kind() != b.Kind() {
		return false
	}
	if x, ok := a.Str(); ok {
		y, _ := b.Str()
		return x == y
	}
	x, ok := a.Float()
	y, _ := b.Float()
	return ok && x == y
}
