package plugins_test

import (
	"testing"

	"github.com/plugreel/plugreel/testkit"
)

func TestPropertyFilter(t *testing.T) {
	drop := func(properties string) config { return config{"properties": properties} }
	keep := func(properties string) config { return config{"properties": properties, "mode": "keep"} }
	const nested = `{"properties":{"a":{"b":{"c":1,"d":2},"e":3},"f":4}}`
	runBoth(t, "property-filter", []testkit.Case{
		{Name: "drop by name", Reason: "the others stay as they are", Config: drop("email, phone"),
			In: `{"properties":{"email":"a","id":12345678901234567890,"phone":1,"n":1.0}}`, Want: `{"properties":{"id":12345678901234567890,"n":1.0}}`},
		{Name: "an array of names", Reason: "chain files have arrays, and names with commas", Config: config{"properties": []string{"a,b", "c"}},
			In: `{"properties":{"a,b":1,"a":2,"c":3}}`, Want: `{"properties":{"a":2}}`},
		{Name: "no properties", Reason: "nothing is made", Config: drop("email"), In: `{"event":"x"}`, Want: `{"event":"x"}`},
		{Name: "properties of another kind", Reason: "null, arrays and texts have no names", Config: keep("email"), In: `{"properties":null}`, Want: `{"properties":null}`},
		{Name: "properties an array", Reason: "it is no object", Config: keep("email"), In: `{"properties":[{"a":1}]}`, Want: `{"properties":[{"a":1}]}`},
		{Name: "an object and all in it", Reason: "a path leads to everything below it", Config: drop("a"), In: nested, Want: `{"properties":{"f":4}}`},
		{Name: "drop by path", Reason: "one member goes", Config: drop("a.b.c"), In: nested, Want: `{"properties":{"a":{"b":{"d":2},"e":3},"f":4}}`},
		{Name: "drop all of an object", Reason: "it stays, empty", Config: drop("a.b, a.e"), In: nested, Want: `{"properties":{"a":{},"f":4}}`},
		{Name: "path through no object", Reason: "nothing is there", Config: drop("f.g"), In: nested, Want: nested},
		{Name: "dot in a name", Reason: "a backslash before it", Config: drop(`a\.b`), In: `{"properties":{"a.b":1,"a":{"b":2}}}`, Want: `{"properties":{"a":{"b":2}}}`},
		{Name: "star", Reason: "any letters, none too", Config: drop("utm_*, *id*"),
			In: `{"properties":{"utm_":1,"utm_source":2,"id":3,"userid":4,"ident":5,"UTM_x":6}}`, Want: `{"properties":{"UTM_x":6}}`},
		{Name: "stars", Reason: "the middle is looked for", Config: drop("a*b*c"), In: `{"properties":{"abc":1,"aXbXbXc":2,"acb":3,"abcd":4}}`, Want: `{"properties":{"acb":3,"abcd":4}}`},
		{Name: "question mark", Reason: "one letter, whatever its length in bytes", Config: drop("k?y"), In: `{"properties":{"key":1,"kéy":2,"k🎉y":3,"ky":4,"keey":5}}`, Want: `{"properties":{"ky":4,"keey":5}}`},
		{Name: "star is one level", Reason: "dots separate names", Config: drop("a.*"), In: nested, Want: `{"properties":{"a":{},"f":4}}`},
		{Name: "two stars", Reason: "any depth, none too", Config: drop("**.token"),
			In:   `{"properties":{"token":1,"a":{"token":2,"b":{"token":{"x":1},"c":3}},"l":[{"token":4},[{"token":5,"y":6}]]}}`,
			Want: `{"properties":{"a":{"b":{"c":3}},"l":[{},[{"y":6}]]}}`},
		{Name: "two stars in the middle", Reason: "a path around them", Config: drop("a.**.c"), In: `{"properties":{"a":{"c":1,"b":{"c":2,"d":3}},"c":4}}`, Want: `{"properties":{"a":{"b":{"d":3}},"c":4}}`},
		{Name: "two stars twice", Reason: "they are one", Config: drop("**.**.c"), In: `{"properties":{"a":{"c":1},"c":4}}`, Want: `{"properties":{"a":{}}}`},
		{Name: "arrays are no level", Reason: "every element has the path of the array", Config: drop("items.price"),
			In: `{"properties":{"items":[{"price":1,"sku":"a"},2,{"sku":"b"},null]}}`, Want: `{"properties":{"items":[{"sku":"a"},2,{"sku":"b"},null]}}`},
		{Name: "regexp", Reason: "the whole path, at any depth", Config: config{"regexp": `(?i)(^|\.)(password|pw)$`},
			In: `{"properties":{"Password":1,"pw2":2,"form":{"pw":3,"x":[{"PASSWORD":4,"y":5}]}}}`, Want: `{"properties":{"pw2":2,"form":{"x":[{"y":5}]}}}`},
		{Name: "regexp and names", Reason: "either is enough", Config: config{"regexp": "^b", "properties": "a"}, In: `{"properties":{"a":1,"b1":2,"c":3}}`, Want: `{"properties":{"c":3}}`},
		{Name: "keep", Reason: "all else goes", Config: keep("email, $*"), In: `{"properties":{"email":1,"$os":2,"plan":3}}`, Want: `{"properties":{"email":1,"$os":2}}`},
		{Name: "keep nothing that is there", Reason: "the object stays", Config: keep("x"), In: `{"properties":{"email":1}}`, Want: `{"properties":{}}`},
		{Name: "keep by path", Reason: "the objects on the way stay for it", Config: keep("a.b.c"), In: nested, Want: `{"properties":{"a":{"b":{"c":1}}}}`},
		{Name: "keep a path that is not there", Reason: "objects with nothing left go", Config: keep("a.b.x, f.g"), In: nested, Want: `{"properties":{}}`},
		{Name: "keep in arrays", Reason: "an array with something left stays, at its length", Config: keep("l.a, m.a"),
			In: `{"properties":{"l":[{"a":1,"b":2},3,{"b":4}],"m":[1,2]}}`, Want: `{"properties":{"l":[{"a":1},3,{}]}}`},
		{Name: "keep by regexp", Reason: "what is inside may match", Config: config{"mode": "keep", "regexp": "c$"}, In: nested, Want: `{"properties":{"a":{"b":{"c":1}}}}`},
		{Name: "keep below two stars", Reason: "wherever it is", Config: keep("**.c"), In: nested, Want: `{"properties":{"a":{"b":{"c":1}}}}`},
		{Name: "targets", Reason: "the person's properties are elsewhere", Config: config{"properties": "email", "targets": "$set, $set_once"},
			In: `{"$set":{"email":1,"a":2},"$set_once":{"email":3},"properties":{"email":4}}`, Want: `{"$set":{"a":2},"$set_once":{},"properties":{"email":4}}`},
		{Name: "events", Reason: "others stay as they are", Config: config{"properties": "email", "events": "signup, login"}, In: `{"event":"x","properties":{"email":1}}`, Want: `{"event":"x","properties":{"email":1}}`},
		{Name: "one of the events", Reason: "it is listed", Config: config{"properties": "email", "events": "signup, x"}, In: `{"event":"x","properties":{"email":1}}`, Want: `{"event":"x","properties":{}}`},
		{Name: "duplicate members", Reason: "all of a name go", Config: drop("a"), In: `{"properties":{"a":1,"b":2,"a":3}}`, Want: `{"properties":{"b":2}}`},
		{Name: "names with escapes", Reason: "a name is what it means", Config: drop("é, 🎉"), In: `{"properties":{"\u00e9":1,"\ud83c\udf89":2,"\ud800":3}}`, Want: `{"properties":{"\ud800":3}}`},
		{Name: "nothing to do", Reason: "a plugin without settings is a mistake", In: `{}`, Error: "setupPlugin: properties: got nothing, want at least one path such as email, or a regexp"},
		{Name: "wrong mode", Reason: "the manifest lists the choices", Config: config{"properties": "a", "mode": "remove"}, In: `{}`, Error: "mode"},
		{Name: "wrong target", Reason: "all are listed", Config: config{"properties": "a", "targets": "props"}, In: `{}`, Error: `targets: got "props", want properties, $set or $set_once`},
		{Name: "wrong regexp", Reason: "the key is named", Config: config{"regexp": "("}, In: `{}`, Error: "regexp: error parsing regexp"},
		{Name: "empty name", Reason: "a dot too many", Config: drop("a..b"), In: `{}`, Error: `properties: "a..b": got an empty name between dots`},
		{Name: "dot at the end", Reason: "a name is missing", Config: drop("a."), In: `{}`, Error: `properties: "a.": got an empty name`},
		{Name: "stars at the end", Reason: "they need a name", Config: drop("a.**"), In: `{}`, Error: `properties: "a.**": got "**" at the end`},
	})
}
