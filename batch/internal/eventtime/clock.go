package eventtime

import (
	"time"

	"github.com/plugreel/plugreel/sdk"
)

// Keys are the members that give a record its time, in the order in which they are tried.
var Keys = [...]string{"now", "created_at", "_inserted_at", "timestamp"}

// upperKeys are those of exports that write names in upper case.
var upperKeys = [...]string{"NOW", "CREATED_AT", "_INSERTED_AT", "TIMESTAMP"}

// Epoch is where clocks start unless the user says otherwise.
var Epoch = time.Unix(0, 0).UTC()

const step = time.Microsecond

// Clock is what the plugins of one worker read. Calls must not overlap.
type Clock struct {
	Start time.Time // time of a record that has none, and of everything before the first record

	record []byte
	base   time.Time // zero if not looked for yet
	waited time.Duration
	reads  time.Duration
}

// Record makes text, one JSON object, the record that gives the time. The clock looks at it
// when it is first read, so text must not change before the next Record. nil is a record without a time.
func (c *Clock) Record(text []byte) {
	c.record, c.base, c.waited, c.reads = text, time.Time{}, 0, 0
}

// Wait sets by how much the time that is read is later than the base, until the next Record.
func (c *Clock) Wait(d time.Duration) { c.waited = d }

// Call begins a hook call: the clock goes back to the base.
func (c *Clock) Call() { c.reads = 0 }

// Now returns the base and what was waited at the first read of a call, and a microsecond more at each
// further one.
func (c *Clock) Now() time.Time {
	t := c.Base().Add(c.waited + c.reads*step)
	c.reads++
	return t
}

// Base returns the time of the record and does not move the clock.
func (c *Clock) Base() time.Time {
	if c.base.IsZero() {
		c.base = c.Start
		if t, ok := Of(c.record); ok {
			c.base = t
		}
	}
	return c.base
}

// Of returns the time of a record: the first member of [Keys] that [Parse] understands.
func Of(record []byte) (time.Time, bool) {
	e, err := sdk.NewEvent(record)
	if err != nil {
		return time.Time{}, false
	}
	if t, ok := first(e, Keys); ok {
		return t, true
	}
	return first(e, upperKeys)
}

func first(e *sdk.PluginEvent, keys [len(Keys)]string) (time.Time, bool) {
	for _, key := range keys {
		text, _ := e.Get(key).Str()
		if t, ok := Parse(text); ok {
			return t, true
		}
	}
	return time.Time{}, false
}
