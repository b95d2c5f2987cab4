package plugins_test

import (
	"testing"

	"github.com/plugreel/plugreel/testkit"
)

func TestURLParams(t *testing.T) {
	in := func(url string) string { return `{"properties":{"$current_url":"` + url + `"}}` }
	out := func(url, more string) string { return `{"properties":{"$current_url":"` + url + `"` + more + `}}` }
	const shop = "https://example.com/shop?utm_source=news&utm_medium=mail&token=t&ref="
	const twice = "/?a=1&b=2&a=3&a="
	const spa = "https://e.com/?a=1#/shop?item=2&a=3"
	runBoth(t, "url-params", []testkit.Case{
		{Name: "defaults", Reason: "every parameter, as it is called", In: in(shop), Want: out(shop, `,"utm_source":"news","utm_medium":"mail","token":"t","ref":""`)},
		{Name: "some", Reason: "the rest is nobody's business", Config: config{"parameters": "utm_*, ref"}, In: in(shop), Want: out(shop, `,"utm_source":"news","utm_medium":"mail","ref":""`)},
		{Name: "ignored", Reason: "it wins over what is taken", Config: config{"parameters": "*", "ignore": "*token*, utm_m*m"}, In: in(shop), Want: out(shop, `,"utm_source":"news","ref":""`)},
		{Name: "stars", Reason: "the parts come in order and do not overlap", Config: config{"parameters": "a*b*c, xx*xx"},
			In: in("?abc=1&aXcXb=2&aXbbXc=3&xxx=4&xxxx=5"), Want: out("?abc=1&aXcXb=2&aXbbXc=3&xxx=4&xxxx=5", `,"abc":"1","aXbbXc":"3","xxxx":"5"`)},
		{Name: "prefix", Reason: "names may be taken", Config: config{"prefix": "url_"}, In: in("/?a=1"), Want: out("/?a=1", `,"url_a":"1"`)},
		{Name: "decoded", Reason: "names too", In: in("/?first%20name=Ada+L.&%C3%BC=%F0%9F%8E%89"), Want: out("/?first%20name=Ada+L.&%C3%BC=%F0%9F%8E%89", `,"first name":"Ada L.","ü":"🎉"`)},
		{Name: "not decoded", Reason: "the value's text; names always are what they mean", Config: config{"decode": "no"}, In: in("/?a%20b=c%20d+e"), Want: out("/?a%20b=c%20d+e", `,"a b":"c%20d+e"`)},
		{Name: "wrong escapes", Reason: "they stay", In: in("/?a=100%&b=%zz&c=%"), Want: out("/?a=100%&b=%zz&c=%", `,"a":"100%","b":"%zz","c":"%"`)},
		{Name: "no UTF-8", Reason: "bytes that are none become U+FFFD", In: in("/?a=%FF"), Want: out("/?a=%FF", `,"a":"\ufffd"`)},
		{Name: "lone surrogates", Reason: "they have no text", In: `{"properties":{"$current_url":"/?a=\ud800"}}`, Want: `{"properties":{"$current_url":"/?a=\ud800","a":"\ufffd"}}`},
		{Name: "odd queries", Reason: "what can be read is read", In: in("/?&&=x&a&b==c&?d=e?f"), Want: out("/?&&=x&a&b==c&?d=e?f", `,"a":"","b":"=c","?d":"e?f"`)},
		{Name: "first", Reason: "as URLSearchParams.get", In: in(twice), Want: out(twice, `,"a":"1","b":"2"`)},
		{Name: "last", Reason: "the last may be empty", Config: config{"repeated": "last"}, In: in(twice), Want: out(twice, `,"a":"","b":"2"`)},
		{Name: "all", Reason: "one value is no array", Config: config{"repeated": "all"}, In: in(twice), Want: out(twice, `,"a":["1","3",""],"b":"2"`)},
		{Name: "case kept", Reason: "two parameters", In: in("/?A=1&a=2"), Want: out("/?A=1&a=2", `,"A":"1","a":"2"`)},
		{Name: "lower case", Reason: "one parameter, also in the lists", Config: config{"case": "lower", "parameters": "UTM_*", "ignore": "Utm_X", "prefix": "P_"},
			In: in("/?Utm_Source=A&UTM_x=1&b=2"), Want: out("/?Utm_Source=A&UTM_x=1&b=2", `,"P_utm_source":"A"`)},
		{Name: "fragment ignored", Reason: "it is for the page", In: in(spa), Want: out(spa, `,"a":"1"`)},
		{Name: "fragment", Reason: "pages that are applications keep their query there", Config: config{"fragment": "yes", "repeated": "all"}, In: in(spa), Want: out(spa, `,"a":["1","3"],"item":"2"`)},
		{Name: "fragment that is a query", Reason: "as OAuth has it", Config: config{"fragment": "yes"}, In: in("/#state=1&x=2"), Want: out("/#state=1&x=2", `,"state":"1","x":"2"`)},
		{Name: "fragment that is none", Reason: "a heading, and a path with =", Config: config{"fragment": "yes"}, In: in("/#/a=b/c"), Want: in("/#/a=b/c")},
		{Name: "several addresses", Reason: "the first that has a parameter counts", Config: config{"from": "$current_url, $referrer, nope", "repeated": "all"},
			In: `{"properties":{"$current_url":"/?a=1&a=2","$referrer":"/?a=3&b=4"}}`, Want: `{"properties":{"$current_url":"/?a=1&a=2","$referrer":"/?a=3&b=4","a":["1","2"],"b":"4"}}`},
		{Name: "not overwritten", Reason: "null is a value too", In: `{"properties":{"$current_url":"/?a=1&b=2","a":0,"b":null}}`, Want: `{"properties":{"$current_url":"/?a=1&b=2","a":0,"b":null}}`},
		{Name: "overwritten", Reason: "the user says so", Config: config{"overwrite": "yes"}, In: `{"properties":{"a":0,"$current_url":"/?a=1"}}`, Want: `{"properties":{"a":"1","$current_url":"/?a=1"}}`},
		{Name: "person properties", Reason: "the first touch and the last", Config: config{"targets": "$set, $set_once"},
			In: `{"$set":{"b":1},"properties":{"$current_url":"/?a=1"}}`, Want: `{"$set":{"b":1,"a":"1"},"$set_once":{"initial_a":"1"},"properties":{"$current_url":"/?a=1"}}`},
		{Name: "prefix in $set_once", Reason: "it stands before the other", Config: config{"targets": "$set_once", "oncePrefix": "first_", "prefix": "p_"},
			In: in("/?a=1"), Want: `{"properties":{"$current_url":"/?a=1"},"$set_once":{"first_p_a":"1"}}`},
		{Name: "other events", Reason: "they stay", Config: config{"events": "$pageview"}, In: `{"event":"x","properties":{"$current_url":"/?a=1"}}`, Want: `{"event":"x","properties":{"$current_url":"/?a=1"}}`},
		{Name: "no address", Reason: "nothing is made", In: `{"event":"x"}`, Want: `{"event":"x"}`},
		{Name: "address of another kind", Reason: "a number has no query", In: `{"properties":{"$current_url":7}}`, Want: `{"properties":{"$current_url":7}}`},
		{Name: "no query", Reason: "nothing is found", Config: config{"targets": "$set"}, In: in("https://example.com/"), Want: in("https://example.com/")},
		{Name: "wrong target", Reason: "all are listed", Config: config{"targets": "set"}, In: `{}`, Error: `setupPlugin: targets: got "set", want properties, $set or $set_once`},
		{Name: "wrong choice", Reason: "the manifest knows", Config: config{"repeated": "none"}, In: `{}`, Error: "repeated"},
	})
}
