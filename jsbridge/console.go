package jsbridge

import (
	"strings"

	"github.com/dop251/goja"

	"github.com/plugreel/plugreel/sdk"
)

// console makes the console object: debug, log, info, warn and error, which write to the
// plugin's log and return a settled promise.
// Source: the original runtime, fact sheet section 4.4.
func (in *instance) console() *goja.Object {
	console := in.vm.NewObject()
	for name, level := range map[string]sdk.Level{
		"debug": sdk.LevelDebug,
		"log":   sdk.LevelLog,
		"info":  sdk.LevelInfo,
		"warn":  sdk.LevelWarn,
		"error": sdk.LevelError,
	} {
		define(console, name, in.vm.ToValue(func(call goja.FunctionCall) goja.Value {
			if in.meta.Logger.Enabled(level) {
				in.meta.Logger.Write(level, in.message(call.Arguments))
			}
			return in.settled
		}))
	}
	return console
}

// message joins arguments with a space. Plain objects and arrays are shown as JSON, all else as
// String() shows it; there is no %s.
func (in *instance) message(args []goja.Value) string {
	var b strings.Builder
	for i, arg := range args {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(in.show(arg))
	}
	return b.String()
}

func (in *instance) show(v goja.Value) string {
	o, ok := v.(*goja.Object)
	if !ok {
		return v.String()
	}
	if isArray(o) {
		return in.showJSON(o)
	}
	if text := o.String(); text != "[object Object]" {
		return text
	}
	return in.showJSON(o)
}

// showJSON is JSON.stringify; what it throws, it throws into the plugin.
func (in *instance) showJSON(v goja.Value) string {
	text, err := in.stringify(goja.Undefined(), v)
	if err != nil {
		panic(err)
	}
	return text.String()
}
