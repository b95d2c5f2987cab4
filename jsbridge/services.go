package jsbridge

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/dop251/goja"

	"github.com/plugreel/plugreel/sdk"
)

// method is a function of a service: it gets the arguments and returns what its promise settles
// to.
type method func(args goja.FunctionCall) (goja.Value, error)

// service makes an object of methods, each of which returns a promise that is already settled.
func (in *instance) service(methods map[string]method) *goja.Object {
	o := in.vm.NewObject()
	for name, f := range methods {
		hide(o, name, in.vm.ToValue(func(call goja.FunctionCall) goja.Value {
			return in.promise(func() (goja.Value, error) { return f(call) })
		}))
	}
	return o
}

// promise runs f and returns a promise of its outcome. A JavaScript exception in f rejects it.
func (in *instance) promise(f func() (goja.Value, error)) goja.Value {
	return in.settledPromise(in.attempt(f))
}

// attempt runs f; a JavaScript exception is an error.
func (in *instance) attempt(f func() (goja.Value, error)) (v goja.Value, err error) {
	if exception := in.vm.Try(func() { v, err = f() }); exception != nil {
		return nil, exception
	}
	return v, err
}

// settledPromise returns a promise that is settled with v, or err if there is one. What comes to undefined, as
// writing does, has the same promise each time: making one takes the engine longer than most services do.
func (in *instance) settledPromise(v goja.Value, err error) goja.Value {
	if err == nil && (v == nil || goja.IsUndefined(v)) {
		return in.settled
	}
	p, resolve, reject := in.vm.NewPromise()
	var exception *goja.Exception
	switch {
	case errors.As(err, &exception):
		must(reject(exception.Value()))
	case err != nil:
		must(reject(in.rejected(err)))
	default:
		must(resolve(v))
	}
	return in.vm.ToValue(p)
}

// rejected makes the Error that a plugin sees.
func (in *instance) rejected(err error) *goja.Object {
	var builtin classError
	if errors.As(err, &builtin) {
		return in.jsError(builtin.class, builtin.message)
	}
	o := in.jsError("Error", err.Error())
	var illegal illegalError
	if errors.As(err, &illegal) {
		hide(o, "name", in.vm.ToValue("IllegalOperationError"))
	}
	return o
}

// illegalError is what the original runtime calls an IllegalOperationError.
type illegalError string

func (e illegalError) Error() string { return string(e) }

// services defines the members of meta that the host lends, those of the documented runtime
// enumerable, older ones hidden.
// Source: the original runtime, fact sheet section 3.
func (in *instance) services(meta *goja.Object) {
	define(meta, "cache", in.cache())
	define(meta, "storage", in.storage())
	utils := in.vm.NewObject()
	define(utils, "cursor", in.cursor())
	define(meta, "utils", utils)
	hide(meta, "geoip", in.geoip())
	hide(meta, "jobs", in.jobs())
	hide(meta, "metrics", in.metrics())
}

// encoded is JSON.stringify of a value; missing for undefined.
func (in *instance) encoded(v goja.Value) (sdk.Value, error) {
	text, _, err := in.encode(nil, v, sdk.Value{})
	if err != nil {
		return sdk.Value{}, err
	}
	return sdk.RawValue(text), nil
}

func (in *instance) storage() *goja.Object {
	s := in.meta.Storage
	if s == nil {
		return in.unavailable("storage", "set", "get", "del")
	}
	return in.store(map[string]method{
		"set": func(call goja.FunctionCall) (goja.Value, error) {
			v, err := in.encoded(call.Argument(1))
			if err != nil {
				return nil, err
			}
			return goja.Undefined(), s.Set(call.Argument(0).String(), v)
		},
		"get": func(call goja.FunctionCall) (goja.Value, error) {
			v, err := s.Get(call.Argument(0).String())
			if err != nil || !v.Exists() {
				return call.Argument(1), err
			}
			return in.decode(v), nil
		},
		"del": func(call goja.FunctionCall) (goja.Value, error) {
			return goja.Undefined(), s.Delete(call.Argument(0).String())
		},
	})
}

// unavailable makes a service that the host does not lend.
func (in *instance) unavailable(name string, methods ...string) *goja.Object {
	all := map[string]method{}
	for _, m := range methods {
		all[m] = func(goja.FunctionCall) (goja.Value, error) {
			return nil, fmt.Errorf("%s.%s: the host of this plugin provides no %s", name, m, name)
		}
	}
	return in.service(all)
}

// cursor is meta.utils.cursor: counters that live in storage.
// Source: the original runtime, fact sheet section 3.3.
func (in *instance) cursor() *goja.Object {
	s := in.meta.Storage
	if s == nil {
		return in.unavailable("cursor", "init", "increment")
	}
	return in.store(map[string]method{
		"init": func(call goja.FunctionCall) (goja.Value, error) {
			initial, err := in.optionalNumber(call.Argument(1), 0, "The cursor's initial value must be a number!")
			if err != nil {
				return nil, err
			}
			return goja.Undefined(), s.Update(call.Argument(0).String(), func(old sdk.Value) (sdk.Value, error) {
				if old.Exists() {
					return old, nil
				}
				return number(initial), nil
			})
		},
		"increment": func(call goja.FunctionCall) (goja.Value, error) {
			by, err := in.optionalNumber(call.Argument(1), 1, "The incrementBy value must be a number!")
			if err != nil {
				return nil, err
			}
			var n float64
			err = s.Update(call.Argument(0).String(), func(old sdk.Value) (sdk.Value, error) {
				n = old.FloatOr(0) + by
				return number(n), nil
			})
			return in.vm.ToValue(n), err
		},
	})
}

func number(f float64) sdk.Value { return sdk.RawValue(sdk.AppendFloat(nil, f)) }

// optionalNumber returns def for what is false in JavaScript, 0 included.
func (in *instance) optionalNumber(v goja.Value, def float64, message string) (float64, error) {
	switch {
	case !v.ToBoolean():
		return def, nil
	case !goja.IsNumber(v) || goja.IsInfinity(v):
		return 0, errors.New(message)
	}
	return v.ToFloat(), nil
}

// maxPush is how many elements one lpush may have.
const maxPush = 1000

func (in *instance) cache() *goja.Object {
	c := in.meta.Cache
	if c == nil {
		return in.unavailable("cache", "set", "get", "incr", "expire", "lpush", "lrange", "llen", "lpop", "lrem")
	}
	key := func(call goja.FunctionCall) string { return call.Argument(0).String() }
	return in.store(map[string]method{
		"set": func(call goja.FunctionCall) (goja.Value, error) {
			text, err := in.cacheText(call.Argument(1), call.Argument(3))
			if err != nil {
				return nil, err
			}
			return goja.Undefined(), c.Set(key(call), text, seconds(call.Argument(2)))
		},
		"get": func(call goja.FunctionCall) (goja.Value, error) {
			text, ok, err := c.Get(key(call))
			if err != nil || !ok {
				return call.Argument(1), err
			}
			return in.cacheValue(text, call.Argument(2)), nil
		},
		"incr": func(call goja.FunctionCall) (goja.Value, error) {
			n, err := c.Incr(key(call))
			return in.vm.ToValue(n), err
		},
		"expire": func(call goja.FunctionCall) (goja.Value, error) {
			ok, err := c.Expire(key(call), seconds(call.Argument(1)))
			return in.vm.ToValue(ok), err
		},
		"lpush": func(call goja.FunctionCall) (goja.Value, error) {
			elements, err := in.elements(call.Argument(1))
			if err != nil {
				return nil, err
			}
			n, err := c.LPush(key(call), elements...)
			return in.vm.ToValue(n), err
		},
		"lrange": func(call goja.FunctionCall) (goja.Value, error) {
			if !goja.IsNumber(call.Argument(1)) || !goja.IsNumber(call.Argument(2)) {
				return nil, errors.New("cache.lrange expects a number for the start and end indexes")
			}
			list, err := c.LRange(key(call), int(call.Argument(1).ToInteger()), int(call.Argument(2).ToInteger()))
			return in.texts(list), err
		},
		"llen": func(call goja.FunctionCall) (goja.Value, error) {
			n, err := c.LLen(key(call))
			return in.vm.ToValue(n), err
		},
		"lpop": func(call goja.FunctionCall) (goja.Value, error) {
			if !goja.IsNumber(call.Argument(1)) {
				return nil, errors.New(`cache.lpop expects a number for the "count" argument`)
			}
			list, err := c.LPop(key(call), int(call.Argument(1).ToInteger()))
			if list == nil {
				return goja.Null(), err
			}
			return in.texts(list), err
		},
		"lrem": func(call goja.FunctionCall) (goja.Value, error) {
			if !goja.IsNumber(call.Argument(1)) {
				return nil, errors.New(`cache.lrem expects a number for the "count" argument`)
			}
			n, err := c.LRem(key(call), int(call.Argument(1).ToInteger()), call.Argument(2).String())
			return in.vm.ToValue(n), err
		},
	})
}

// isRaw reads the option jsonSerialize: false.
func (in *instance) isRaw(options goja.Value) bool {
	o, ok := options.(*goja.Object)
	if !ok {
		return false
	}
	v := o.Get("jsonSerialize")
	return v != nil && !goja.IsUndefined(v) && !v.ToBoolean()
}

func (in *instance) cacheText(v, options goja.Value) (string, error) {
	if in.isRaw(options) {
		return v.String(), nil
	}
	text, err := in.encoded(v)
	return text.String(), err
}

// cacheValue reads what a cache holds: the empty text, and what is not JSON, are null.
func (in *instance) cacheValue(text string, options goja.Value) goja.Value {
	if text == "" {
		return goja.Null()
	}
	if in.isRaw(options) {
		return in.vm.ToValue(text)
	}
	v, err := sdk.ParseValue([]byte(text))
	if err != nil {
		return goja.Null()
	}
	return in.decode(v)
}

// seconds reads a time to live; what is no positive number is none.
func seconds(v goja.Value) time.Duration {
	f := v.ToFloat()
	if math.IsNaN(f) || f <= 0 {
		return 0
	}
	return time.Duration(min(f*float64(time.Second), math.MaxInt64/2))
}

// elements reads the argument of lpush: a text, or an array of at most 1,000 values.
func (in *instance) elements(v goja.Value) ([]string, error) {
	if s, ok := v.(goja.String); ok {
		return []string{s.String()}, nil
	}
	o, ok := v.(*goja.Object)
	if !ok || !isArray(o) {
		return nil, illegalError("cache.lpush expects a string value or an array of strings")
	}
	n := int(o.Get("length").ToInteger())
	if n > maxPush {
		return nil, illegalError(fmt.Sprintf("Too many elements in array for cache.lpush. Maximum: %d", maxPush))
	}
	elements := make([]string, n)
	for i := range elements {
		elements[i] = o.Get(fmt.Sprint(i)).String()
	}
	return elements, nil
}

func (in *instance) texts(list []string) goja.Value {
	items := make([]any, len(list))
	for i, text := range list {
		items[i] = text
	}
	return in.vm.NewArray(items...)
}

// geoip is meta.geoip. Without a database nothing is found. Late runtimes gave the place itself, earlier
// ones a promise of it: what locate returns is the place, and has the methods of a promise, hidden.
// Source: the original runtime, fact sheet section 3.5.
func (in *instance) geoip() *goja.Object {
	o := in.vm.NewObject()
	hide(o, "locate", in.vm.ToValue(func(call goja.FunctionCall) goja.Value {
		return in.located(call, in.alsoPromise)
	}))
	in.twins.standIn(o, map[string]nativeFunction{"locate": func(call goja.FunctionCall) goja.Value {
		return in.twins.give(in.located(call, in.decode))
	}})
	return o
}

// located is geoip.locate, with the place as show makes it.
func (in *instance) located(call goja.FunctionCall, show func(sdk.Value) goja.Value) goja.Value {
	if in.meta.GeoIP == nil {
		return goja.Null()
	}
	v, err := in.meta.GeoIP.Locate(call.Argument(0).String())
	if err != nil {
		panic(in.rejected(err))
	}
	if !v.Exists() {
		return goja.Null()
	}
	return show(v)
}

// alsoPromise makes the object that v holds, with the methods of a promise of it.
func (in *instance) alsoPromise(v sdk.Value) goja.Value {
	o := in.decode(v).ToObject(in.vm)
	for _, name := range []string{"then", "catch", "finally"} {
		hide(o, name, in.vm.ToValue(func(call goja.FunctionCall) goja.Value {
			promise := in.promise(func() (goja.Value, error) { return in.decode(v), nil }).ToObject(in.vm)
			method, _ := goja.AssertFunction(promise.Get(name))
			return try(method(promise, call.Arguments...))
		}))
	}
	return o
}

// metrics is meta.metrics: whatever name is asked for has increment, max and min.
// Source: the original runtime, fact sheet section 3.4.
func (in *instance) metrics() *goja.Object {
	return in.proxy(func(name string) goja.Value {
		if declared, ok := in.exported("metrics").(*goja.Object); ok {
			if kind := declared.Get(name); kind != nil {
				return in.metric(name, kind.String())
			}
		}
		panic(in.jsError("Error", "Invalid metric name"))
	})
}

// metricOps names the operations of each kind of metric.
var metricOps = map[string]struct {
	method string
	op     sdk.MetricOp
}{
	"sum": {"increment", sdk.MetricSum},
	"max": {"max", sdk.MetricMax},
	"min": {"min", sdk.MetricMin},
}

func (in *instance) metric(name, kind string) goja.Value {
	o := in.vm.NewObject()
	op, ok := metricOps[kind]
	if !ok {
		return o
	}
	hide(o, op.method, in.vm.ToValue(func(call goja.FunctionCall) goja.Value {
		if !goja.IsNumber(call.Argument(0)) {
			panic(in.jsError("Error", "Only numbers are allowed for operations on metrics"))
		}
		if in.meta.Metrics != nil {
			in.meta.Metrics.Record(name, op.op, call.Argument(0).ToFloat())
		}
		return goja.Undefined()
	}))
	return o
}

// exported returns what the plugin exports under a name that is no hook, undefined if nothing.
// The plugin's code has run when a member of meta is asked for.
func (in *instance) exported(name string) goja.Value {
	for _, place := range in.exports.places {
		if v := place.Get(name); v != nil && v.ToBoolean() {
			return v
		}
	}
	return goja.Undefined()
}

// proxy makes an object for which get is asked for every name.
func (in *instance) proxy(get func(name string) goja.Value) *goja.Object {
	p := in.vm.NewProxy(in.vm.NewObject(), &goja.ProxyTrapConfig{
		Get: func(_ *goja.Object, name string, _ goja.Value) goja.Value { return get(name) },
	})
	return in.vm.ToValue(p).ToObject(in.vm)
}

// units are the lengths of time that runIn knows, singular.
var units = map[string]time.Duration{
	"millisecond": time.Millisecond,
	"second":      time.Second,
	"minute":      time.Minute,
	"hour":        time.Hour,
	"day":         24 * time.Hour,
	"week":        7 * 24 * time.Hour,
	"month":       30 * 24 * time.Hour,
	"quarter":     13 * 7 * 24 * time.Hour,
	"year":        365 * 24 * time.Hour,
}

// originalMonth is a month in the original runtime, which mistook weeks for days.
const originalMonth = 30 * 7 * 24 * time.Hour

// duration keeps a length of time within what a Duration can hold; what is no number is none.
func duration(f float64) time.Duration {
	if math.IsNaN(f) {
		return 0
	}
	return time.Duration(min(max(f, math.MinInt64/2), math.MaxInt64/2))
}

// jobs is meta.jobs: a factory for every name, also of jobs that do not exist.
// Source: the original runtime, fact sheet section 2.7.
func (in *instance) jobs() *goja.Object {
	return in.proxy(func(name string) goja.Value {
		return in.vm.ToValue(func(call goja.FunctionCall) goja.Value {
			return in.job(name, call.Argument(0))
		})
	})
}

// illegalUnit is a unit that runIn does not know, in the original's words.
type illegalUnit string

func (u illegalUnit) Error() string { return "Unknown time unit: " + string(u) + "s" }

func (in *instance) job(name string, payload goja.Value) goja.Value {
	enqueue := func(f func(sdk.Jobs, sdk.Value) error) (goja.Value, error) {
		if in.meta.Jobs == nil {
			return nil, fmt.Errorf("jobs.%s: the host of this plugin runs no jobs", name)
		}
		v, err := in.encoded(payload)
		if err != nil {
			return nil, err
		}
		return goja.Undefined(), f(in.meta.Jobs, v)
	}
	return in.service(map[string]method{
		"runNow": func(goja.FunctionCall) (goja.Value, error) {
			return enqueue(func(jobs sdk.Jobs, v sdk.Value) error { return jobs.Enqueue(name, v, 0) })
		},
		"runIn": func(call goja.FunctionCall) (goja.Value, error) {
			unit := strings.TrimSuffix(call.Argument(1).String(), "s")
			length, ok := units[unit]
			if !ok {
				return nil, illegalUnit(unit)
			}
			if unit == "month" && in.p.originalUnits {
				length = originalMonth
			}
			delay := call.Argument(0).ToFloat() * float64(length)
			return enqueue(func(jobs sdk.Jobs, v sdk.Value) error {
				return jobs.Enqueue(name, v, duration(delay))
			})
		},
		"runAt": func(call goja.FunctionCall) (goja.Value, error) {
			ms := call.Argument(0).ToNumber().ToFloat()
			if math.IsNaN(ms) || math.IsInf(ms, 0) {
				return nil, fmt.Errorf("jobs.%s.runAt: got %s, want a date", name, call.Argument(0))
			}
			return enqueue(func(jobs sdk.Jobs, v sdk.Value) error {
				return jobs.EnqueueAt(name, v, time.UnixMilli(int64(ms)).UTC())
			})
		},
	})
}

// libVersion is what $lib_version says of events that a plugin makes.
const libVersion = "1.0.0"

// posthog is the global of that name: capture makes an event, api does not exist offline.
// Source: the original runtime, fact sheet section 4.6.
func (in *instance) posthog() *goja.Object {
	o := in.service(map[string]method{
		"capture": func(call goja.FunctionCall) (goja.Value, error) {
			return goja.Undefined(), in.capture(call.Argument(0), call.Argument(1))
		},
	})
	api := map[string]method{}
	for _, name := range []string{"get", "post", "put", "patch", "delete"} {
		api[name] = func(goja.FunctionCall) (goja.Value, error) {
			return nil, fmt.Errorf("posthog.api.%s is not available: plugreel runs plugins without the host product; read what you need from config or attachments", name)
		}
	}
	hide(o, "api", in.service(api))
	return o
}

// capture makes an event of posthog.capture's arguments.
func (in *instance) capture(name, properties goja.Value) error {
	if in.meta.Capturer == nil {
		return errors.New("posthog.capture: the host of this plugin takes no events")
	}
	given, err := in.encoded(properties)
	if err != nil {
		return err
	}
	now := in.now().UTC().Format("2006-01-02T15:04:05.000Z")
	e, err := sdk.NewEvent([]byte("{}"))
	if err != nil {
		return err
	}
	id := sdk.RawValue(sdk.AppendString(nil, in.p.info.Name))
	at := sdk.RawValue(sdk.AppendString(nil, now))
	inner, _ := given.Object()
	if inner != nil {
		if v := inner.Get("distinct_id"); v.Exists() {
			id = v
		}
		if v := inner.Get("timestamp"); v.Exists() {
			at = v
		}
	}
	e.Set("event", name.String())
	e.SetValue("distinct_id", id)
	p := e.Properties()
	p.SetValue("distinct_id", id)
	p.Set("$lib", "posthog-plugin-server")
	p.Set("$lib_version", libVersion)
	if inner != nil {
		inner.Each(func(key string, v sdk.Value) bool {
			if key != "timestamp" {
				p.SetValue(key, v)
			}
			return true
		})
	}
	e.SetValue("timestamp", at)
	e.SetValue("now", at)
	e.SetValue("sent_at", at)
	e.Set("ip", "")
	e.Set("site_url", "")
	e.Set("uuid", in.uuid())
	return in.meta.Capturer.Capture(e)
}

// uuid makes a random UUID of version 4 from the plugin's own stream.
func (in *instance) uuid() string {
	a, b := in.meta.Random(), in.meta.Random()
	a = a&^0xf000 | 0x4000
	b = b&^(3<<62) | 2<<62
	return fmt.Sprintf("%08x-%04x-%04x-%04x-%012x", a>>32, a>>16&0xffff, a&0xffff, b>>48, b&0xffffffffffff)
}
