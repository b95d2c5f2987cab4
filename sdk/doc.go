// Package sdk is what a plugin sees: the event, the meta, the hooks, the webhook and the errors.
// It is also the seam between the engines that run plugins and everything else. It uses the
// standard library only.
//
// The front door is [PluginEvent] for those who write plugins, [Program] and [Hooks] for those
// who run them.
//
// # A plugin
//
// This is all of one: a file in a directory. plugreel replay -p DIR interprets it, plugreel build
// --with DIR compiles it in, and a program of your own takes greet.Hooks to [Native]. All three
// do the same.
//
//	// Package greet greets every person and counts pageviews.
//	package greet
//
//	import (
//		"fmt"
//		"strings"
//
//		"github.com/plugreel/plugreel/sdk"
//	)
//
//	// plugin is what one instance keeps.
//	type plugin struct {
//		greeting string
//		views    int
//	}
//
//	// Hooks makes the hooks of one instance.
//	func Hooks() sdk.Hooks {
//		p := &plugin{}
//		return sdk.Hooks{SetupPlugin: p.setup, ProcessEvent: p.processEvent, TeardownPlugin: p.teardown}
//	}
//
//	func (p *plugin) setup(meta *sdk.PluginMeta) error {
//		p.greeting = meta.Config.Get("greeting").StrOr("hello")
//		if p.greeting == "" {
//			return fmt.Errorf("greeting: got nothing, want a text")
//		}
//		return nil
//	}
//
//	func (p *plugin) processEvent(e *sdk.PluginEvent, meta *sdk.PluginMeta) (*sdk.PluginEvent, error) {
//		if e.Event() == "$autocapture" {
//			return nil, nil // drop it
//		}
//		if e.Event() == "$pageview" {
//			p.views++
//		}
//		props := e.Properties()
//		name := props.Get("person", "name").StrOr("you")
//		props.Set("greeting", p.greeting+", "+strings.TrimSpace(name))
//		props.DeleteFunc(func(key string, v sdk.Value) bool { return v.IsNull() })
//		return e, nil
//	}
//
//	func (p *plugin) teardown(meta *sdk.PluginMeta) error {
//		meta.Logger.Info(p.views, "pageviews")
//		return nil
//	}
//
// A plugin that keeps nothing may have functions of the package named after the hooks instead:
// func ProcessEvent and so on; see package interp. A plugin.json beside it gives it a name and
// describes its configuration; see package manifest.
//
// # Vocabulary
//
//	event        one JSON object: PluginEvent
//	member       a name and a value of an object
//	hook         a function that a plugin exports; see the table below
//	instance     one running copy of a plugin, with its own runtime and global: Hooks
//	meta         config, global, attachments, log and clock of an instance: PluginMeta
//	settings     the config as SetupPlugin reads it, with checks: Settings
//	chain        plugins in the order in which they see an event (package batch)
//
// # Hooks in Go and in JavaScript
//
//	Go                    JavaScript                           called
//	Hooks.SetupPlugin     setupPlugin(meta)                    once, before the first event
//	Hooks.ProcessEvent    processEvent(event, meta)            for every event, in chain order
//	Hooks.OnEvent         onEvent(event, meta)                 for every event that left the chain
//	Hooks.ComposeWebhook  composeWebhook(event, meta)          then, to make a request of it
//	Hooks.RunEvery        runEveryMinute, …Hour, …Day(meta)    on boundaries of event time
//	Hooks.Jobs            jobs.name(payload, meta)             when a queued job is due
//	Hooks.TeardownPlugin  teardownPlugin(meta)                 once, after the last event
//
// # Names in Go and in JavaScript
//
//	Go                                        JavaScript
//	e.Event(), e.Get("event")                 event.event
//	e.UUID(), e.DistinctID(), e.TeamID()      event.uuid, event.distinct_id, event.team_id
//	e.IP(), e.SiteURL()                       event.ip, event.site_url
//	e.Timestamp(), e.Now(), e.SentAt()        event.timestamp, event.now, event.sent_at
//	e.Properties()                            event.properties ??= {}
//	e.PersonSet(), e.PersonSetOnce()          event.$set ??= {}, event.$set_once ??= {}
//	props.Get("a", "b").StrOr("none")         properties.a?.b ?? 'none', of the right type only
//	props.Has("a")                            'a' in properties
//	props.Set("a", v)                         properties.a = v
//	props.SetPath([]string{"a", "b"}, v)      properties.a ??= {}; properties.a.b = v
//	props.Delete("a")                         delete properties.a
//	props.Rename("a", "b")                    properties.b = properties.a; delete properties.a
//	props.Each(f), range props.All()          for (const [k, v] of Object.entries(properties))
//	props.Merge(o)                            Object.assign(properties, o)
//	return nil, nil                           return null
//	return nil, err                           throw err
//	sdk.Retry(err)                            new RetryError(message)
//	meta.Config.Get("key")                    meta.config.key
//	meta.Global["x"]                          meta.global.x
//	meta.Attachments["key"].Contents          meta.attachments.key.contents
//	meta.Storage.Get("x")                     await meta.storage.get('x')
//	meta.Cache.Incr("x")                      await meta.cache.incr('x')
//	meta.Jobs.Enqueue("j", v, time.Hour)      meta.jobs.j(v).runIn(1, 'hours')
//	meta.Metrics.Record("n", op, 1)           meta.metrics.n.increment(1), .max(1), .min(1)
//	meta.GeoIP.Locate(ip)                     await meta.geoip.locate(ip)
//	meta.Capturer.Capture(e)                  posthog.capture(name, properties)
//	meta.Fetcher.Fetch(ctx, r)                await fetch(url, options)
//	meta.Logger.Warn(a, b)                    console.warn(a, b)
//	meta.Now(), meta.Random()                 new Date(), Math.random()
//
// # Who owns what
//
// A plugin needs no lock: calls into one instance never overlap, and instances share nothing but
// what is marked below.
//
//	value                        belongs to                          may be used
//	*PluginEvent                 the hook that it was given to       until the hook returns; later use panics
//	*Object, *Array in it        the event: a write changes it       as long as the event
//	Value                        its reader: what was there then     as long as the event; later use panics
//	string, number, Value.Any    its reader: a copy                  for ever
//	Value.Raw                    the event: read only                as long as the event
//	what is given to Set         the caller: it is copied            for ever
//	the event that is returned   the host                            not any more
//	*PluginMeta                  the instance                        by its hooks
//	PluginMeta.Config, Global    the instance: others have their own by its hooks
//	PluginMeta.Attachments       all instances: read only            by its hooks
//	PluginMeta.Context()         the call that is running            until the hook returns
//	Storage, Cache, Jobs, …      all instances                       by several at a time
//	Program                      all workers                         by several goroutines
//
// # What it refuses to do
//
// It does not decode an event into maps, does not normalise it, and does not guess: a value of
// the wrong kind reads as missing, a value that has no JSON form is not written.
//
// # Design notes
//
// An event stays its bytes until somebody looks. Reading a record checks the whole text and notes
// where the members of its top level stand, in one pass, without decoding. An object inside is
// indexed when it is first read; a write keeps the new text beside the old and marks the way to
// the top. Writing the event out copies spans of untouched members as they are. So the cost of an
// event is that of the members a plugin touches, and what it does not touch comes out byte for
// byte: numbers of 20 digits, key order, duplicate names, escapes.
//
// An index holds no pointers and lives in slabs ([Arena]) that are never used twice. A state that
// a plugin left behind stays readable because what a member was is noted when the next plugin
// changes it ([PluginEvent.Checkpoint]); the same mechanism undoes what a plugin did when it ran
// out of time ([PluginEvent.Restore]).
package sdk
