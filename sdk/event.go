package sdk

// PluginEvent is the event that a hook is given: an [Object] and readers for its well-known
// members. They read what stands in the event; a missing member, or one of another type, gives
// the zero value. Members are written with Set: e.Set("event", "renamed").
//
// An event is valid until the hook that it was given to returns. Keeping it is a mistake that
// shows itself: a later use panics, and the panic counts as a failure of the plugin.
//
// Source: the original runtime, type PluginEvent.
type PluginEvent struct {
	Object
	own      root // of the event that was read; root is that of the event whose heir this one is
	survived bool // by an heir
}

// NewEvent returns the event that text holds: exactly one JSON object. The event reads text as
// long as it lives: the caller must not change it.
// Errors: *[SyntaxError].
func NewEvent(text []byte) (*PluginEvent, error) {
	e := new(PluginEvent)
	e.root = &e.own
	if err := e.parse(text); err != nil {
		return nil, err
	}
	return e, nil
}

// UUID is "uuid", the event's identity.
func (e *PluginEvent) UUID() string { return e.Get("uuid").StrOr("") }

// Event is "event", the event's name: "$pageview".
func (e *PluginEvent) Event() string { return e.Get("event").StrOr("") }

// DistinctID is "distinct_id", the person's identity as the client knows it.
func (e *PluginEvent) DistinctID() string { return e.Get("distinct_id").StrOr("") }

// TeamID is "team_id"; 0 if absent. A plugin must not change it.
func (e *PluginEvent) TeamID() int64 { return e.Get("team_id").IntOr(0) }

// IP is "ip", the client's address; often null, which reads as "".
func (e *PluginEvent) IP() string { return e.Get("ip").StrOr("") }

// SiteURL is "site_url", the address of the instance that took the event in.
func (e *PluginEvent) SiteURL() string { return e.Get("site_url").StrOr("") }

// Timestamp is "timestamp" as the client sent it: any text, ISO 8601 as a rule, not corrected
// for clock skew, maybe absent.
func (e *PluginEvent) Timestamp() string { return e.Get("timestamp").StrOr("") }

// Now is "now", the time at which the server received the event, ISO 8601.
func (e *PluginEvent) Now() string { return e.Get("now").StrOr("") }

// SentAt is "sent_at", the time at which the client sent it, ISO 8601, maybe absent.
func (e *PluginEvent) SentAt() string { return e.Get("sent_at").StrOr("") }

// Properties is "properties". If the event has none it is an empty object that becomes part of
// the event when something is written to it.
func (e *PluginEvent) Properties() *Object { return e.child("properties") }

// PersonSet is "$set", person properties to set; as Properties if absent.
func (e *PluginEvent) PersonSet() *Object { return e.child("$set") }

// PersonSetOnce is "$set_once", person properties to set unless they are set; as Properties if
// absent.
func (e *PluginEvent) PersonSetOnce() *Object { return e.child("$set_once") }

// Checkpoint marks the event's present state as the one that Restore returns to. For hosts: they
// call it before each plugin.
func (e *PluginEvent) Checkpoint() {
	e.root.epoch++
	e.root.written = e.root.written[:0]
}

// Restore undoes all writes since the last Checkpoint, or since the event was read. For hosts.
func (e *PluginEvent) Restore() {
	e.root.alive()
	e.root.last = lookup{}
	if e.root == &e.own && e.own.epoch == 0 {
		text := e.src
		e.Object = Object{root: &e.own, src: text}
		return
	}
	e.root.undo()
}

// TakeErr returns the error of the first Set that failed since it was last called, nil if none
// did. For hosts: they call it when a hook has returned.
func (e *PluginEvent) TakeErr() error {
	err := e.root.err
	e.root.err = nil
	return err
}

// Release ends the event's life: any later use panics. For hosts.
func (e *PluginEvent) Release() {
	if !e.survived {
		e.root.dead = true
	}
}

// Epoch numbers the event's present state, for [Object.AppendStateJSON]. For engines.
func (e *PluginEvent) Epoch() uint32 { return e.root.epoch }

// AppendStateJSON appends the text that o had before the Checkpoint that followed epoch. It works
// on a released event too. For engines whose plugins may keep an event.
func (o *Object) AppendStateJSON(dst []byte, epoch uint32) []byte { return o.appendAt(dst, epoch) }
