package lower_test

import (
	"cmp"
	"strings"
	"testing"

	"github.com/dop251/goja"
	"github.com/dop251/goja/parser"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/jsbridge/internal/lower"
)

// TestTwins says which functions get a twin, by their names, and which of those may wait.
func TestTwins(t *testing.T) {
	rows := []struct{ name, reason, source, want string }{
		{"declaration", "the plain case", "async function hook(e) { return e }", "hook"},
		{"await", "a twin that may wait is a generator", "async function hook(e) { return await e }", "hook waits"},
		{"no hook", "is called by the plugin alone", "async function helper(e) { return e }", ""},
		{"not asynchronous", "needs none", "function hook(e) { return e }", ""},
		{"arrow", "takes its name from the variable", "const hook = async (e) => e, second = async () => { await 1 }", "hook, second waits"},
		{"expression", "with a name of its own", "let hook = async function own(e) { return e }", "own"},
		{"member", "a function that is assigned to one has no name", "const exports = {}; exports.hook = async (e) => e", "nameless"},
		{"assigned variable", "it has", "let hook; hook = async (e) => e", "hook"},
		{"literal", "", "const exports = { hook: async (e) => e, async second() { await 1 }, other: async () => 1 }", "hook, second waits"},
		{"computed", "nobody knows its name", "const exports = { ['hook']: async (e) => e }", ""},
		{"getter", "is none", "const exports = { get hook() { return async (e) => e } }", ""},
		{"export under another name", "in a list", "async function own() {} const exports = { hook: own }", "own"},
		{"export as esbuild makes it", "a getter", "const own = async () => {}; const get = { hook: () => own }", "own"},
		{"export by assignment", "", "async function own() {} const exports = {}; exports.hook = own", "own"},
		{"in a function", "would be made again and again", "const make = () => ({ hook: async () => {} }); make()", ""},
		{"declared twice", "the later one counts", "async function hook() {} function hook() {}", ""},
		{"arguments", "know their function", "async function hook() { return arguments.length }", ""},
		{"own name", "of an expression, which is the original's", "const hook = async function own() { return own }", ""},
		{"name of a declaration", "is a variable of the module", "async function hook() { return hook }", "hook"},
		{"super", "is found through the method", "const exports = { async hook() { return super.x } }", ""},
		{"this in an arrow that waits", "would be another", "const hook = async () => { await this }; const second = async () => this", "second"},
		{"this in a function", "is that of the call", "async function hook() { await this }", "hook waits"},
		{"eval", "may name anything", "async function hook() { eval('1') }", ""},
		{"waits for a helper", "it will have to wait", "async function hook() { await helper(); await 1 }", ""},
		{"waits for a constructor", "as above", "async function hook() { await new Promise(() => {}) }", ""},
		{"waits for several", "as above", "async function hook() { await Promise.all([1]) }", ""},
		{"waits for a helper later", "if it gets that far", "async function hook() { await s.get(); await helper() }", "hook waits"},
		{"waits for a value", "which may be there", "async function hook() { await Promise.resolve(1) }; const second = async () => await value", "hook waits, second waits"},
		{"an inner await", "is not its own", "async function hook() { return async () => { await 1 } }", "hook"},
		{"a promise out of finally", "would be asked too early", "async function hook(e) { try { return f() } finally { g() } }; async function second(e) { try { return e } finally { g() } }", "second"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			tree, err := parser.ParseFile(nil, "", row.source, 0)
			require.NoError(t, err)
			isHook := func(name string) bool { return name == "hook" || name == "second" }
			program, err := goja.CompileAST(lower.Twins(tree, isHook), false)
			require.NoError(t, err)
			vm := goja.New()
			var got []string
			require.NoError(t, vm.GlobalObject().Set(lower.Twin, func(call goja.FunctionCall) goja.Value {
				only := func(v goja.Value) *goja.Object {
					o := v.ToObject(vm)
					return o.Get(o.Keys()[0]).ToObject(vm)
				}
				original, twin := only(call.Argument(0)), only(call.Argument(1))
				assert.Equal(t, original.Get("name"), twin.Get("name"))
				assert.Equal(t, original.Get("length"), twin.Get("length"))
				found := cmp.Or(original.Get("name").String(), "nameless")
				if call.Argument(2).ToBoolean() {
					found += " waits"
				}
				got = append(got, found)
				return original
			}))
			_, err = vm.RunProgram(program)
			require.NoError(t, err)
			assert.Equal(t, row.want, strings.Join(got, ", "), "%s\n%s", row.reason, row.source)
		})
	}
}
