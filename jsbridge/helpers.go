package jsbridge

import "github.com/dop251/goja"

// installHelpers defines what programs call that package lower has rewritten. It comes after all that
// replaces built-in functions, and before the plugin's own code.
func (in *instance) installHelpers() {
	in.installIteration()
	in.installCopies()
	in.installRegExps(in.installMatches())
	in.installCount()
	in.installTwins()
}

// helper defines a function for rewritten programs. No program can write its name.
func (in *instance) helper(name string, f func(goja.FunctionCall) goja.Value) {
	made := in.vm.ToValue(f).ToObject(in.vm)
	must(made.DefineDataProperty("name", in.vm.ToValue(name), goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE))
	must(in.vm.GlobalObject().DefineDataProperty(name, made, goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE))
}
