package plugins_test

import (
	"strings"
	"testing"

	"github.com/plugreel/plugreel/testkit"
)

func TestPIIRedact(t *testing.T) {
	found := func(name, reason, in, want string) testkit.Case {
		return testkit.Case{Name: name, Reason: reason, In: `{"properties":{"t":"` + in + `"}}`, Want: `{"properties":{"t":"` + want + `"}}`}
	}
	left := func(reason, in string) testkit.Case { return found("left: "+in, reason, in, in) }
	hashing := func(more config) config {
		c := config{"action": "hash", "salt": "pepper"}
		for key, value := range more {
			c[key] = value
		}
		return c
	}
	cases := []testkit.Case{
		found("email", "the domain says no name", "write to Ada.Lovelace+x@mail.example.com.", "write to ***@mail.example.com."),
		found("emails", "all of them", "a@b.co,<c_d@e-f.org>", "***@b.co,<***@e-f.org>"),
		found("email in an address", "%40 is an @", "https://e.com/?email=ada%40example.com&x=1", "https://e.com/?email=***%40example.com&x=1"),
		found("email with other letters", "they are allowed today", "jörg@müller.example", "***@müller.example"),
		left("no domain", "ada@localhost and @ada, a@b, x@1.2.3"),
		left("two dots", "ada@example..com"),
		found("card", "four digits stay, and the spaces", "card 4111 1111 1111 1111, 12/26", "card **** **** **** 1111, 12/26"),
		found("cards", "hyphens or nothing", "5555-5555-5555-4444 378282246310005 36227206271667", "****-****-****-4444 ***********0005 **********1667"),
		found("card among numbers", "as many groups as make a number", "5 4111 1111 1111 1111 26", "5 **** **** **** 1111 26"),
		found("more cards", "Visa of 13 and 19 digits, Mastercard, Discover, JCB, Diners", "4222222222222 4000000000000000006 2223003122003222 6011111111111117 3530111333300000 30569309025904",
			"*********2222 ***************0006 ************3222 ************1117 ************0000 **********5904"),
		left("the check digit is wrong", "4111 1111 1111 1112"),
		left("no issuer", "1234567812345670"),
		left("part of a word", "id_4111111111111111 4111111111111111x"),
		left("too long", "41111111111111114111111111111111"),
		left("a time in milliseconds, a uuid", "1704164645678 0190a6c4-0000-7000-8000-000000000001"),
		found("phone", "two digits stay, and what is between", "call +43 1 234 56 78 or +1-212-555-0187", "call +** * *** ** 78 or +*-***-***-**87"),
		found("phone with brackets", "one way to write it", "+44 (0)20 7946 0958, (212) 555-0187", "+** (*)** **** **58, (***) ***-**87"),
		found("national", "three, three and four digits", "212-555-0187 212.555.0187 212 555 0187 1-212-555-0187", "***-***-**87 ***.***.**87 *** *** **87 1-***-***-**87"),
		left("too short or too long", "+1234567 +1234567890123456"),
		left("dates, versions, numbers", "2024-01-02T03:04:05+01:00 120.123.4567.10 5550187 2125550187"),
		left("part of a word", "a+4312345678 x212-555-0187"),
		found("IPv4", "the network stays", "from 203.0.113.9, 10.0.0.7:8080", "from 203.0.113.0, 10.0.0.0:8080"),
		found("IPv6", "48 bits stay", "[2001:db8:1:2::7]:443 2001:DB8:0:0:0:0:0:1", "[2001:db8:1::]:443 2001:db8::"),
		found("IPv4 in IPv6", "the network of the IPv4 address", "::ffff:198.51.100.7", "::ffff:198.51.100.0"),
		left("versions, times, words", "1.2.3 120.0.6099.109 1.2.3.4.5 10:11:12 std::string a::b face::"),
		left("no address of anybody", "::"),
		{Name: "nested", Reason: "wherever it is", In: `{"properties":{"a":{"b":["x@y.zz",{"c":"10.0.0.7"}]}}}`, Want: `{"properties":{"a":{"b":["***@y.zz",{"c":"10.0.0.0"}]}}}`},
		{Name: "numbers", Reason: "a card number needs no quotes; others stay as they are", In: `{"properties":{"card":4111111111111111,"id":12345678901234567890,"n":1.0,"t":1704164645678}}`,
			Want: `{"properties":{"card":"************1111","id":12345678901234567890,"n":1.0,"t":1704164645678}}`},
		{Name: "lone surrogates", Reason: "what is not touched stays", In: `{"properties":{"a":"\ud800 x","b":"\ud800 x@y.zz"}}`, Want: `{"properties":{"a":"\ud800 x","b":"\ufffd ***@y.zz"}}`},
		{Name: "targets", Reason: "people and addresses by default, not the identity", In: `{"distinct_id":"a@b.co","ip":"10.0.0.7","$set":{"e":"a@b.co"},"$set_once":{"e":"a@b.co"}}`,
			Want: `{"distinct_id":"a@b.co","ip":"10.0.0.0","$set":{"e":"***@b.co"},"$set_once":{"e":"***@b.co"}}`},
		{Name: "other targets", Reason: "the user says which", Config: config{"targets": "$set"}, In: `{"ip":"10.0.0.7","$set":{"e":"a@b.co"},"properties":{"e":"a@b.co"}}`,
			Want: `{"ip":"10.0.0.7","$set":{"e":"***@b.co"},"properties":{"e":"a@b.co"}}`},
		{Name: "detect", Reason: "one kind", Config: config{"detect": "ip"}, In: `{"properties":{"t":"a@b.co 10.0.0.7","n":4111111111111111}}`, Want: `{"properties":{"t":"a@b.co 10.0.0.0","n":4111111111111111}}`},
		{Name: "some properties", Reason: "the others stay; a path leads to all below", Config: config{"properties": "a, b.c, nope.x"},
			In: `{"properties":{"a":["x@y.zz"],"b":{"c":{"d":"x@y.zz"},"e":"x@y.zz"},"f":"x@y.zz"}}`, Want: `{"properties":{"a":["***@y.zz"],"b":{"c":{"d":"***@y.zz"},"e":"x@y.zz"},"f":"x@y.zz"}}`},
		{Name: "always", Reason: "whatever it looks like; null and nothing stay", Config: config{"always": "name, user.address, n, no.no", "detect": "none"},
			In: `{"properties":{"name":"Ada","user":{"address":{"street":"x"},"mail":"a@b.co"},"n":null}}`, Want: `{"properties":{"name":"***","user":{"address":"***","mail":"a@b.co"},"n":null}}`},
		{Name: "drop", Reason: "properties go, elements become null, the address too", Config: config{"action": "drop", "always": "name"},
			In: `{"ip":"10.0.0.7","properties":{"name":1,"note":"by a@b.co","l":["a@b.co","x",{"e":"a@b.co"}],"x":1}}`, Want: `{"ip":null,"properties":{"l":[null,"x",{}],"x":1}}`},
		{Name: "hash", Reason: "what is written differently and means the same has the same hash", Config: hashing(nil), In: `{"properties":{"a":"ada@example.com","b":"Ada@Example.com","c":"ada%40example.com"}}`,
			Want: `{"properties":{"a":"ADA","b":"ADA","c":"ADA"}}`},
		{Name: "hash in a text", Reason: "the rest stays", Config: hashing(nil), In: `{"properties":{"a":"by ada@example.com!"}}`, Want: `{"properties":{"a":"by ADA!"}}`},
		{Name: "hash of numbers", Reason: "only the digits count", Config: hashing(nil), In: `{"properties":{"a":4111111111111111,"b":"4111-1111 1111 1111","c":"+43 1 2345678","d":"+4312345678"}}`,
			Want: `{"properties":{"a":"CARD","b":"CARD","c":"PHONE","d":"PHONE"}}`},
		{Name: "hash of addresses", Reason: "the shortest form counts", Config: hashing(nil), In: `{"properties":{"a":"2001:db8::1","b":"2001:0DB8:0:0::0001","c":"::ffff:10.0.0.7","d":"10.0.0.7"}}`,
			Want: `{"properties":{"a":"IP6","b":"IP6","c":"IP4","d":"IP4"}}`},
		{Name: "hash of anything", Reason: "a text's own, else its JSON", Config: hashing(config{"always": "a, b", "detect": "none"}), In: `{"properties":{"a":"ada@example.com","b":{"x":1.0}}}`,
			Want: `{"properties":{"a":"ADA","b":"OBJECT"}}`},
		{Name: "hash of the identity", Reason: "one person stays one person; an anonymous one stays as it is", Config: hashing(config{"targets": "distinct_id"}), In: `{"distinct_id":"ada@example.com"}`, Want: `{"distinct_id":"ADA"}`},
		{Name: "anonymous identity", Reason: "nothing is in it", Config: hashing(config{"targets": "distinct_id"}), In: `{"distinct_id":"0190a6c4-0000-7000-8000-000000000001"}`, Want: `{"distinct_id":"0190a6c4-0000-7000-8000-000000000001"}`},
		{Name: "other events", Reason: "they stay", Config: config{"events": "$pageview"}, In: `{"event":"x","properties":{"e":"a@b.co"}}`, Want: `{"event":"x","properties":{"e":"a@b.co"}}`},
		{Name: "no properties", Reason: "nothing is made", In: `{"event":"x","properties":null}`, Want: `{"event":"x","properties":null}`},
		{Name: "no salt", Reason: "hashes of addresses are undone in minutes", Config: config{"action": "hash"}, In: `{}`, Error: "setupPlugin: salt: got nothing, want a secret text"},
		{Name: "masked identity", Reason: "people would become one", Config: config{"targets": "distinct_id"}, In: `{}`, Error: "targets: distinct_id with action mask would make one person of many, want action hash"},
		{Name: "unknown kind", Reason: "all are listed", Config: config{"detect": "email, name"}, In: `{}`, Error: `detect: got "name", want email, phone, card, ip or none`},
		{Name: "unknown action", Reason: "the manifest knows", Config: config{"action": "encrypt"}, In: `{}`, Error: "action"},
	}
	// As openssl dgst -sha256 -hmac pepper gives them.
	hashes := strings.NewReplacer("ADA", "73c43507a0192e95887a051ea55e31d1744e34bf152ba65977f3e52fd1f683a5", "CARD", "67b5493e22dceafb2a2d51c373f6722cb0f27883219867881c25aeda081b56e7",
		"PHONE", "ff59662eb48e31dfd2cf26d0fc4b71e456229285c653c3f01c36b6e8bcee3851", "IP6", "6d2ffc88d7c554c02cb30258a2e6930faad03080d2e8ea133f2a46e55cd774f3",
		"IP4", "1d0525f1d35e7533f65da350501d1f9f001226f41cef0ef901053e9870f4243b", "OBJECT", "8785408bbe40e17fe01694b98d00be687193b733affd10f67705da2c3021fe44")
	for i := range cases {
		if cases[i].Config["action"] == "hash" {
			cases[i].Want = hashes.Replace(cases[i].Want)
		}
	}
	runBoth(t, "pii-redact", cases)
}
