package shape

import (
	"time"

	"github.com/plugreel/plugreel/batch/internal/eventtime"
	"github.com/plugreel/plugreel/sdk"
)

// Convert appends the record text, which is of kind from, as one of kind to: Capture, Row or
// Processed. uuid, event, distinct_id, timestamp and properties are kept, and so is every member
// that neither of the shapes knows. What only the old shape has goes where the new one has it,
// and away if that is nowhere:
//
//	of a row                            in a capture or a processed event
//	elements_chain                      $elements_chain in the properties
//	$set and $set_once, in properties   in the properties; in a processed event beside them, too
//	created_at, _inserted_at, person_…  nowhere: they belong to the project that was exported
//
// A row gets created_at from now, and what stands about a person beside the properties moves
// into them.
//
// A record that is no event is appended as it is.
func (s *Shaper) Convert(dst, text []byte, from, to Kind) []byte {
	e := s.Arena.KnownEvent(text)
	defer e.Release()
	c := columnsOf(e, from)
	if from == to || !e.Has(c.event) {
		return append(dst, text...)
	}
	v := conversion{objectWriter: objectWriter{buf: dst, from: len(dst)}, e: e, columns: c, from: from, to: to}
	v.values, _ = properties(e, c)
	v.props, _ = v.values.Object()
	v.chain = v.elementsChain()
	switch to {
	case Row:
		v.row()
	case Processed:
		v.processed()
	default:
		v.capture()
	}
	v.others()
	return append(v.buf, '}')
}

// conversion is one record on its way from one shape to another.
type conversion struct {
	objectWriter
	e        *sdk.PluginEvent
	columns  *columns
	from, to Kind
	props    *sdk.Object // the properties; nil if they are no object
	values   sdk.Value   // what they are then
	chain    string      // what was clicked; "" is nothing
}

func (v *conversion) capture() {
	c := v.columns
	v.member("uuid", v.e.Get(c.uuid))
	v.member("event", v.e.Get(c.event))
	v.member("distinct_id", v.e.Get(c.distinct))
	v.member("timestamp", v.e.Get(c.time))
	v.keepChain()
	v.properties()
	v.member("ip", or(v.e.Get(c.ip), sdk.Value{}))
	v.member("team_id", v.e.Get(c.team))
	if v.from == Processed {
		v.member("$set", v.e.Get(c.set))
		v.member("$set_once", v.e.Get(c.setOnce))
	}
}

func (v *conversion) row() {
	c := v.columns
	received := or(v.e.Get(c.createdAt), sdk.Value{})
	timestamp := or(v.e.Get(c.time), received)
	v.member("uuid", v.e.Get(c.uuid))
	v.member("timestamp", timestamp)
	v.member("created_at", or(received, timestamp))
	v.member("event", v.e.Get(c.event))
	v.mergePerson()
	if v.props != nil {
		v.props.Delete("$elements_chain")
	}
	v.properties()
	v.member("distinct_id", v.e.Get(c.distinct))
	v.key("elements_chain")
	v.buf = sdk.AppendString(v.buf, v.chain)
	v.member("ip", or(v.e.Get(c.ip), sdk.Value{}))
	v.member("team_id", v.e.Get(c.team))
}

func (v *conversion) processed() {
	c := v.columns
	v.keepChain()
	v.mergePerson()
	v.need()
	v.member("distinct_id", v.e.Get(c.distinct))
	v.member("ip", or(v.e.Get(c.ip), or(v.property("$ip"), null)))
	v.member("team_id", v.e.Get(c.team))
	v.member("event", v.e.Get(c.event))
	v.properties()
	v.member("timestamp", exactTime(or(v.e.Get(c.time), now(v.e, c))))
	v.member("$set", v.property("$set"))
	v.member("$set_once", v.property("$set_once"))
	v.member("uuid", v.e.Get(c.uuid))
	v.member("elements", or(elements(v.chain), noElements))
}

var noElements = sdk.RawValue([]byte("[]"))

// others writes the members that the shapes do not know.
func (v *conversion) others() {
	v.e.Each(func(name string, value sdk.Value) bool {
		if !v.known(name) {
			v.separate()
			v.buf = append(sdk.AppendString(v.buf, name), ':')
			v.buf = value.AppendJSON(v.buf)
		}
		return true
	})
}

// known says whether a member has been written, or goes away.
func (v *conversion) known(name string) bool {
	c := v.columns
	switch name {
	case c.uuid, c.event, c.distinct, c.time, c.properties, c.ip, c.team, c.elements, c.set, c.setOnce:
		return true
	case "site_url", "SITE_URL":
		return v.e.Get(name).StrOr("") == ""
	case c.createdAt:
		return v.from == Row || v.to == Row
	}
	if v.from != Row {
		return false
	}
	switch name {
	case c.insertedAt, c.chain, "inserted_at", "INSERTED_AT", "person_id", "PERSON_ID", "person_properties", "PERSON_PROPERTIES":
		return true
	}
	return false
}

// elementsChain is what was clicked, from wherever the record has it.
func (v *conversion) elementsChain() string {
	if chain := v.property("$elements_chain").StrOr(""); chain != "" {
		return chain
	}
	if chain := v.e.Get(v.columns.chain).StrOr(""); chain != "" {
		return chain
	}
	list, _ := v.e.Get(v.columns.elements).Array()
	if list == nil {
		return ""
	}
	return elementsChain(list)
}

// keepChain puts what was clicked into the properties.
func (v *conversion) keepChain() {
	if v.chain == "" || v.property("$elements_chain").Exists() {
		return
	}
	if v.need() {
		v.props.Set("$elements_chain", v.chain)
	}
}

// mergePerson puts what stands beside the properties about a person into them. It wins over what
// is there, as in the live runtime; in a row it is only a copy.
func (v *conversion) mergePerson() {
	for _, m := range [...]struct{ name, column string }{{"$set", v.columns.set}, {"$set_once", v.columns.setOnce}} {
		beside, ok := v.e.Get(m.column).Object()
		if !ok || v.from == Row && v.property(m.name).Exists() || !v.need() {
			continue
		}
		inside, ok := v.props.Get(m.name).Object()
		if !ok {
			v.props.SetValue(m.name, v.e.Get(m.column))
			continue
		}
		beside.Each(func(name string, value sdk.Value) bool {
			inside.SetValue(name, value)
			return true
		})
	}
}

// need makes properties if there are none. It is false if they are something else than an object.
func (v *conversion) need() bool {
	if v.props == nil && v.values.Kind() <= sdk.KindNull {
		v.props = sdk.NewObject()
	}
	return v.props != nil
}

func (v *conversion) property(name string) sdk.Value {
	if v.props == nil {
		return sdk.Value{}
	}
	return v.props.Get(name)
}

func (v *conversion) properties() {
	if v.props == nil {
		v.member("properties", v.values)
		return
	}
	v.key("properties")
	v.buf = v.props.AppendJSON(v.buf)
}

// exactTime spells a time as JavaScript does, with more digits where that would lose some.
func exactTime(v sdk.Value) sdk.Value {
	text, _ := v.Str()
	t, ok := eventtime.Parse(text)
	if !ok || t.Nanosecond()%int(time.Millisecond) == 0 {
		return isoTime(v)
	}
	return sdk.RawValue(append(t.AppendFormat([]byte{'"'}, "2006-01-02T15:04:05.999999999Z"), '"'))
}
