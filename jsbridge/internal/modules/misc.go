package modules

import (
	"math"
	"math/big"
	"net/netip"
	"time"
	"unicode/utf8"

	"github.com/dop251/goja"

	"github.com/plugreel/plugreel/jsbridge/internal/modules/weburl"
)

// bufferModule is the module buffer, of the host's class.
func (l *Library) bufferModule() goja.Value {
	o := l.vm.NewObject()
	define(o, "Buffer", l.host.Buffer())
	define(o, "atob", l.once("global:atob", (*Library).atob))
	define(o, "btoa", l.once("global:btoa", (*Library).btoa))
	define(o, "kMaxLength", l.vm.ToValue(int64(1)<<32))
	constants := l.vm.NewObject()
	define(constants, "MAX_LENGTH", l.vm.ToValue(int64(1)<<32))
	define(constants, "MAX_STRING_LENGTH", l.vm.ToValue(1<<29-24))
	define(o, "constants", constants)
	return o
}

// netModule has what looks at addresses. It opens no connection.
func (l *Library) netModule() goja.Value {
	o := l.vm.NewObject()
	l.functions(o, []function{
		{"isIP", 1, func(call goja.FunctionCall) goja.Value { return l.vm.ToValue(l.ipVersion(call.Argument(0))) }},
		{"isIPv4", 1, func(call goja.FunctionCall) goja.Value { return l.vm.ToValue(l.ipVersion(call.Argument(0)) == 4) }},
		{"isIPv6", 1, func(call goja.FunctionCall) goja.Value { return l.vm.ToValue(l.ipVersion(call.Argument(0)) == 6) }},
	})
	return o
}

// ipVersion is 0 for what is no address.
func (l *Library) ipVersion(v goja.Value) int {
	if isNothing(v) {
		return 0
	}
	address, err := netip.ParseAddr(l.text(v))
	switch {
	case err != nil:
		return 0
	case address.Is4():
		return 4
	}
	return 6
}

// sinceStart is performance.now: milliseconds since the library was made, by the host's clock.
func (l *Library) sinceStart() float64 {
	return float64(l.host.Now().Sub(l.started).Nanoseconds()) / 1e6
}

// performance makes the global object.
func (l *Library) performance() goja.Value {
	return l.once("performance", func(l *Library) goja.Value {
		o := l.vm.NewObject()
		origin := l.vm.ToValue(float64(l.started.UnixNano()) / 1e6)
		l.functions(o, []function{
			{"now", 0, func(goja.FunctionCall) goja.Value { return l.vm.ToValue(l.sinceStart()) }},
			{"toJSON", 0, func(goja.FunctionCall) goja.Value {
				json := l.vm.NewObject()
				define(json, "timeOrigin", origin)
				return json
			}},
		})
		define(o, "timeOrigin", origin)
		l.tag(o, "Performance")
		return o
	})
}

func (l *Library) perfHooks() goja.Value {
	o := l.vm.NewObject()
	define(o, "performance", l.performance())
	return o
}

// processModule is process: constants, an empty env, and the clock.
func (l *Library) processModule() goja.Value {
	return l.once("process", func(l *Library) goja.Value {
		o := l.vm.NewObject()
		l.functions(o, []function{
			{"hrtime", 1, l.hrtime},
			{"uptime", 0, func(goja.FunctionCall) goja.Value { return l.vm.ToValue(l.host.Now().Sub(l.started).Seconds()) }},
		})
		hrtime := o.Get("hrtime").ToObject(l.vm)
		l.functions(hrtime, []function{{"bigint", 0, func(goja.FunctionCall) goja.Value {
			return l.vm.ToValue(big.NewInt(l.host.Now().Sub(l.started).Nanoseconds()))
		}}})
		define(o, "argType", l.natives().Get("argType"))
		return l.shim("process", o)
	})
}

// hrtime is seconds and nanoseconds since the start, or since an earlier result.
func (l *Library) hrtime(call goja.FunctionCall) goja.Value {
	elapsed := l.host.Now().Sub(l.started)
	if before, ok := call.Argument(0).(*goja.Object); ok {
		elapsed -= time.Duration(before.Get("0").ToInteger())*time.Second + time.Duration(before.Get("1").ToInteger())
	} else if !goja.IsUndefined(call.Argument(0)) {
		panic(l.argType("time", "an instance of Array", call.Argument(0)))
	}
	seconds := math.Floor(elapsed.Seconds())
	return l.vm.NewArray(seconds, int64(elapsed)-int64(seconds)*int64(time.Second))
}

// timersModule is the host's timers.
func (l *Library) timersModule() goja.Value {
	o := l.vm.NewObject()
	for _, name := range []string{"setTimeout", "clearTimeout", "setInterval", "clearInterval", "setImmediate", "clearImmediate"} {
		if f := l.vm.GlobalObject().Get(name); f != nil {
			define(o, name, f)
		}
	}
	return o
}

// dom is the classes of events and of aborting, which are a shim.
func (l *Library) dom() *goja.Object {
	return l.once("dom", shimModule("dom")).ToObject(l.vm)
}

// language is what the engine's language lacks of that of Node 20.
func (l *Library) language() *goja.Object {
	return l.once("language", shimModule("language")).ToObject(l.vm)
}

// utilModule is util; its inspect is what errors and assertions show values with.
func (l *Library) utilModule() goja.Value {
	return l.once("util", func(l *Library) goja.Value { return l.shim("util", l.natives()) })
}

func utilTypes(l *Library) goja.Value { return l.require("util").Get("types") }

func (l *Library) inspect(v goja.Value) goja.Value {
	f, _ := goja.AssertFunction(l.require("util").Get("inspect"))
	s, err := f(goja.Undefined(), v)
	if err != nil {
		panic(thrown(err))
	}
	return s
}

func strictAssert(l *Library) goja.Value   { return l.require("assert").Get("strict") }
func posixPath(l *Library) goja.Value      { return l.require("path") }
func streamPromises(l *Library) goja.Value { return l.require("stream").Get("promises") }

// querystringModule is querystring, whose work per byte is done here.
func (l *Library) querystringModule() goja.Value {
	n := l.vm.NewObject()
	l.functions(n, []function{
		{"escape", 1, func(call goja.FunctionCall) goja.Value {
			s := l.stringOf(call.Argument(0))
			for i := range s.Length() {
				if loneSurrogateAt(s, i) {
					panic(l.newError("URIError", "ERR_INVALID_URI", "URI malformed"))
				}
			}
			return l.vm.ToValue(weburl.EncodeComponent(s.String()))
		}},
		{"unescape", 1, func(call goja.FunctionCall) goja.Value {
			raw := weburl.PercentDecode(l.text(call.Argument(0)))
			if utf8.ValidString(raw) {
				return l.vm.ToValue(raw)
			}
			return l.vm.ToValue(weburl.DecodeUTF8(weburl.PercentDecode(l.latin1(call.Argument(0)))))
		}},
		{"unescapeBuffer", 1, func(call goja.FunctionCall) goja.Value {
			return l.host.NewBuffer([]byte(weburl.PercentDecode(l.latin1(call.Argument(0)))))
		}},
	})
	return l.shim("querystring", n)
}

// latin1 is a byte for each code unit, the low one.
func (l *Library) latin1(v goja.Value) string {
	s := l.stringOf(v)
	b := make([]byte, s.Length())
	for i := range b {
		b[i] = byte(s.CharAt(i))
	}
	return string(b)
}
