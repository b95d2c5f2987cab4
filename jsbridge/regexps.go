package jsbridge

import (
	"strings"
	"unicode/utf8"

	"github.com/dop251/goja"

	"github.com/plugreel/plugreel/jsbridge/internal/lower"
)

// maxRegExps is the number of compiled patterns that an instance keeps.
const maxRegExps = 256

// regExps keeps the patterns that a plugin makes from text: compiling one takes the engine as long
// as running it a hundred times.
type regExps struct {
	in      *instance
	class   goja.Value // RegExp
	made    map[[2]string]*goja.Object
	matches *matches
}

// installRegExps defines the helper for new RegExp.
func (in *instance) installRegExps(m *matches) {
	r := &regExps{in: in, class: in.vm.Get("RegExp"), made: map[[2]string]*goja.Object{}, matches: m}
	in.helper(lower.RegExp, func(call goja.FunctionCall) goja.Value {
		return r.construct(call.Argument(0), call.Arguments[1:])
	})
}

// construct is new class(args...).
func (r *regExps) construct(class goja.Value, args []goja.Value) goja.Value {
	key, ok := patternKey(args)
	if !ok || class != r.class {
		return r.new(class, args...)
	}
	master := r.made[key]
	if master == nil {
		if master = r.new(class, args...); len(r.made) >= maxRegExps {
			clear(r.made)
		}
		r.made[key] = master
	}
	clone := r.new(class, master)
	r.matches.same(clone, master)
	return clone
}

func (r *regExps) new(class goja.Value, args ...goja.Value) *goja.Object {
	o, err := r.in.vm.New(class, args...)
	if err != nil {
		panic(err)
	}
	return o
}

// patternKey tells patterns apart that are given as text.
func patternKey(args []goja.Value) (key [2]string, ok bool) {
	for i, arg := range args {
		switch arg := arg.(type) {
		case goja.String:
			key[i] = arg.String()
			if strings.ContainsRune(key[i], utf8.RuneError) { // it may stand for any lone surrogate
				return key, false
			}
		default:
			if i == 0 || !goja.IsUndefined(arg) {
				return key, false
			}
		}
	}
	return key, true
}
