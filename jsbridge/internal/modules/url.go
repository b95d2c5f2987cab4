package modules

import (
	"github.com/dop251/goja"

	"github.com/plugreel/plugreel/jsbridge/internal/modules/weburl"
)

// urlState is what is behind an object of class URL.
type urlState struct {
	*weburl.URL
	params *searchParams // the object searchParams; nil until it is asked for
}

// urlClass makes the class URL. Source: URL Standard, section 6.1.
func (l *Library) urlClass() *class {
	if l.classes.url != nil {
		return l.classes.url
	}
	c := l.newClass("URL", 1, func(args []goja.Value) any {
		if len(args) == 0 {
			panic(l.missingArgs("url"))
		}
		return &urlState{URL: l.parseURL(args)}
	})
	l.classes.url = c
	l.urlAccessors(c)
	for _, name := range []string{"toString", "toJSON"} {
		method(c, name, 0, func(u *urlState, _ goja.FunctionCall) goja.Value { return l.vm.ToValue(u.Href()) })
	}
	l.functions(c.ctor, []function{
		{"canParse", 1, func(call goja.FunctionCall) goja.Value {
			if len(call.Arguments) == 0 {
				panic(l.missingArgs("url"))
			}
			_, _, ok := l.readURL(call.Arguments)
			return l.vm.ToValue(ok)
		}},
		{"parse", 1, func(call goja.FunctionCall) goja.Value {
			if len(call.Arguments) == 0 {
				panic(l.missingArgs("url"))
			}
			u, _, ok := l.readURL(call.Arguments)
			if !ok {
				return goja.Null()
			}
			return c.wrap(&urlState{URL: u})
		}},
	})
	return c
}

func (l *Library) urlAccessors(c *class) {
	accessor(c, "href", (*urlState).Href, func(u *urlState, value string) {
		if !u.SetHref(value) {
			panic(l.invalidURL(value, nil))
		}
		u.reread()
	})
	getter(c, "origin", func(u *urlState) goja.Value { return l.vm.ToValue(u.Origin()) })
	accessor(c, "protocol", (*urlState).Protocol, (*urlState).SetProtocol)
	accessor(c, "username", (*urlState).Username, (*urlState).SetUsername)
	accessor(c, "password", (*urlState).Password, (*urlState).SetPassword)
	accessor(c, "host", (*urlState).Host, (*urlState).SetHost)
	accessor(c, "hostname", (*urlState).Hostname, (*urlState).SetHostname)
	accessor(c, "port", (*urlState).Port, (*urlState).SetPort)
	accessor(c, "pathname", (*urlState).Pathname, (*urlState).SetPathname)
	accessor(c, "search", (*urlState).Search, func(u *urlState, value string) {
		u.SetSearch(value)
		u.reread()
	})
	getter(c, "searchParams", func(u *urlState) goja.Value {
		if u.params == nil {
			u.params = &searchParams{list: weburl.ParsePairs(u.Query()), of: u}
			u.params.js = l.paramsClass().wrap(u.params)
		}
		return u.params.js
	})
	accessor(c, "hash", (*urlState).Hash, (*urlState).SetHash)
}

// reread brings searchParams up to date with a new query.
func (u *urlState) reread() {
	if u.params != nil {
		u.params.list = weburl.ParsePairs(u.Query())
	}
}

// readURL parses the first argument relative to the second, if there is one. bad is what Node
// reports of a failure.
func (l *Library) readURL(args []goja.Value) (u *weburl.URL, bad []string, ok bool) {
	in := l.text(args[0])
	bad = []string{in}
	var base *weburl.URL
	if len(args) > 1 && !goja.IsUndefined(args[1]) {
		bad = append(bad, l.text(args[1]))
		if base, ok = weburl.Parse(bad[1], nil); !ok {
			return nil, bad, false
		}
	}
	u, ok = weburl.Parse(in, base)
	return u, bad, ok
}

func (l *Library) parseURL(args []goja.Value) *weburl.URL {
	u, bad, ok := l.readURL(args)
	if !ok {
		panic(l.invalidURL(bad[0], bad[1:]))
	}
	return u
}

// invalidURL is ERR_INVALID_URL with the input, and the base if there was one.
func (l *Library) invalidURL(in string, base []string) *goja.Object {
	e := l.typeError("", "Invalid URL")
	define(e, "code", l.vm.ToValue("ERR_INVALID_URL"))
	define(e, "input", l.vm.ToValue(in))
	if len(base) > 0 {
		define(e, "base", l.vm.ToValue(base[0]))
	}
	return e
}

// urlModule is the module url: the classes, and the functions of the time before them, which are
// a shim.
func (l *Library) urlModule() goja.Value {
	n := l.vm.NewObject()
	define(n, "URL", l.urlClass().ctor)
	define(n, "URLSearchParams", l.paramsClass().ctor)
	l.functions(n, []function{
		{"argType", 0, func(call goja.FunctionCall) goja.Value {
			return l.argType(l.text(call.Argument(0)), l.text(call.Argument(1)), call.Argument(2))
		}},
		{"invalidURL", 0, func(call goja.FunctionCall) goja.Value { return l.invalidURL(l.text(call.Argument(0)), nil) }},
		{"domainToASCII", 0, func(call goja.FunctionCall) goja.Value {
			u, ok := weburl.Parse("ws://"+l.text(call.Argument(0)), nil)
			if !ok {
				return l.vm.ToValue("")
			}
			return l.vm.ToValue(u.Hostname())
		}},
		{"domainToUnicode", 0, func(call goja.FunctionCall) goja.Value {
			return l.vm.ToValue(weburl.DomainToUnicode(l.text(call.Argument(0))))
		}},
	})
	define(n, "error", l.natives().Get("error"))
	return l.shim("url", n)
}
