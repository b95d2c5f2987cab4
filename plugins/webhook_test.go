package plugins_test

import (
	"encoding/json"
	"testing"

	"github.com/plugreel/plugreel/testkit"
)

func TestWebhook(t *testing.T) {
	const in = `{"uuid":"u1","event":"signup","distinct_id":"ada b/c","team_id":2,"timestamp":"2024-01-01T12:00:00+01:00","ip":"10.0.0.7",` +
		`"properties":{"plan":"\"pro\" \\ é\n","amount":12.50,"id":12345678901234567890,"list":[1,"a"],"user":{"name":"Ada"},"a.b":{"c.d":1},"no":null,"off":false,"q}":1}}`
	const whole = `{"uuid":"u1","team_id":2,"distinct_id":"ada b/c","event":"signup","timestamp":"2024-01-01T11:00:00.000Z",` +
		`"properties":{"plan":"\"pro\" \\ é\n","amount":12.50,"id":12345678901234567890,"list":[1,"a"],"user":{"name":"Ada"},"a.b":{"c.d":1},"no":null,"off":false,"q}":1}}`
	with := func(more config) config {
		c := config{"url": "https://example.com/hook"}
		for key, value := range more {
			c[key] = value
		}
		return c
	}
	request := func(fields config) string {
		r := config{"url": "https://example.com/hook"}
		for key, value := range fields {
			r[key] = value
		}
		text, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	quoted := func(text string) config { return config{"body": text} }
	text := func(text string) config { return config{"body": text, "format": "text"} }
	plain := config{"Content-Type": "text/plain; charset=utf-8"}
	sent := func(where string) testkit.Case {
		return testkit.Case{Name: "holds: " + where, Reason: "it is so", Config: with(config{"where": where, "method": "GET"}), In: in, Webhook: request(config{"method": "GET", "headers": config{}, "body": ""})}
	}
	withheld := func(where string) testkit.Case {
		return testkit.Case{Name: "does not hold: " + where, Reason: "it is not so", Config: with(config{"where": where}), In: in, Want: in, Webhook: "null"}
	}
	wrong := func(name, reason string, more config, message string) testkit.Case {
		return testkit.Case{Name: name, Reason: reason, Config: with(more), In: in, Error: message}
	}
	runBoth(t, "webhook", []testkit.Case{
		{Name: "defaults", Reason: "the event as it is, and on it goes", Config: with(nil), In: in, Want: in, Webhook: request(config{"body": json.RawMessage(whole)})},
		{Name: "values in JSON", Reason: "numbers keep their text, what is missing is null", Config: with(quoted(`[{event.properties.amount}, {event.properties.id},{event.properties.list},{event.properties.nope},{event.distinct_id}]`)),
			In: in, Webhook: request(quoted(`[12.50, 12345678901234567890,[1,"a"],null,"ada b/c"]`))},
		{Name: "texts in JSON", Reason: "escaped, without quotes of their own", Config: with(quoted(`{"t": "<{event.properties.plan}> {event.properties.amount} {event.properties.user} {event.properties.no}{event.properties.nope}."}`)),
			In: in, Webhook: request(quoted(`{"t": "<\"pro\" \\ é\n> 12.50 {\"name\":\"Ada\"} ."}`))},
		{Name: "a template that is an object", Reason: "chain files are easier to write so", Config: with(config{"body": config{"t": "{event.event}!", "n": []int{1}}}), In: in, Webhook: request(quoted(`{"n":[1],"t":"signup!"}`))},
		{Name: "quotes in a template", Reason: "an escaped quote ends no text", Config: with(quoted(`{"a\"{event.event}\\": {event.event}}`)), In: in, Webhook: request(quoted(`{"a\"signup\\": "signup"}`))},
		{Name: "braces", Reason: "only {event} and {event.…} are placeholders", Config: with(text(`{} {x} {events} {event.} {event x} {Event.event} {event.a"b} {{event.event}} {event`)),
			In: in, Webhook: request(config{"headers": plain, "body": `{} {x} {events} {event.} {event x} {Event.event} {event.a"b} {signup} {event`})},
		{Name: "paths", Reason: "names with dots are found", Config: with(text(`{event.properties.user.name} {event.properties.a.b} {event.properties.nope.x.y}|{event.properties.list}`)),
			In: in, Webhook: request(config{"headers": plain, "body": `Ada {"c.d":1} |[1,"a"]`})},
		{Name: "the whole event in a text", Reason: "its JSON", Config: with(text(`{event}`)), In: `{"event":"x"}`, Webhook: request(config{"headers": plain, "body": `{"event":"x","properties":{}}`})},
		{Name: "lone surrogates", Reason: "as JSON they stay, as a text they are none", Config: with(quoted(`["{event.event}",{event.event}]`)), In: `{"event":"\ud800"}`, Webhook: request(quoted("[\"\ufffd\",\"\\ud800\"]"))},
		{Name: "timestamp", Reason: "ISO 8601 in UTC", Config: with(quoted(`{event.timestamp}`)), In: in, Webhook: request(quoted(`"2024-01-01T11:00:00.000Z"`))},
		{Name: "address", Reason: "escaped for where it stands", Config: config{"url": "HTTPS://u@example.com:8443/{event.event}/{event.distinct_id}?p={event.properties.plan}&{event.properties.list}#{event.nope}", "method": "GET"},
			In: in, Webhook: `{"url":"HTTPS://u@example.com:8443/signup/ada%20b%2Fc?p=%22pro%22%20%5C%20%C3%A9%0A&%5B1%2C%22a%22%5D#","method":"GET","headers":{},"body":""}`},
		{Name: "query at the host", Reason: "a path may be missing", Config: config{"url": "http://[::1]?e={event.event}", "method": "GET"}, In: in, Webhook: `{"url":"http://[::1]?e=signup","method":"GET","headers":{},"body":""}`},
		{Name: "headers", Reason: "a header cannot have two lines; what the user sets wins", Config: with(config{"headers": config{"X-Plan": "{event.properties.plan}", "content-type": "text/x", "X-Same": "1"}, "body": "1"}), In: in,
			Webhook: request(config{"headers": config{"X-Plan": `"pro" \ é`, "content-type": "text/x", "X-Same": "1"}, "body": "1"})},
		{Name: "headers as a text", Reason: "a command line has texts", Config: with(config{"headers": `{"X-A":"b"}`, "body": "1"}), In: in, Webhook: request(config{"headers": config{"Content-Type": "application/json", "X-A": "b"}, "body": "1"})},
		{Name: "basic", Reason: "RFC 7617", Config: with(config{"auth": "basic", "user": "Aladdin", "password": "open sesame", "body": "1"}), In: in,
			Webhook: request(config{"headers": config{"Content-Type": "application/json", "Authorization": "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="}, "body": "1"})},
		{Name: "bearer", Reason: "RFC 6750", Config: with(config{"auth": "bearer", "token": "t0ken", "body": "1"}), In: in, Webhook: request(config{"headers": config{"Content-Type": "application/json", "Authorization": "Bearer t0ken"}, "body": "1"})},
		{Name: "method", Reason: "one of the choices", Config: with(config{"method": "DELETE", "body": "1"}), In: in, Webhook: request(config{"method": "DELETE", "body": "1"})},
		{Name: "one of the events", Reason: "spaces do not count", Config: with(config{"events": "x, signup", "body": "1"}), In: in, Webhook: request(config{"body": "1"})},
		{Name: "another event", Reason: "it goes on without a request", Config: with(config{"events": "x, y"}), In: in, Want: in, Webhook: "null"},
		{Name: "ignored event", Reason: "it goes on without a request", Config: with(config{"ignore": "x, signup"}), In: in, Want: in, Webhook: "null"},
		{Name: "no event to speak of", Reason: "missing members are null", Config: with(quoted(`{"e":{event.event},"p":{event.properties}}`)), In: `{}`, Webhook: request(quoted(`{"e":null,"p":{}}`))},
		sent("event=signup, properties.amount = 12.50"), sent("properties.id=12345678901234567890"), sent("properties.nope=, properties.no="), sent("properties.amount!=12.5"),
		sent("properties.user.name, !properties.off, !properties.no, !properties.nope"), sent("properties.a.b"),
		withheld("event=signup, properties.amount=1"), withheld("properties.off"), withheld("properties.no"), withheld("properties.nope"), withheld("!properties.user"), withheld("event!=signup"),
		{Name: "no address", Reason: "required, without a default", In: in, Error: "url"},
		wrong("address of another kind", "it cannot be sent", config{"url": "ftp://example.com/"}, `setupPlugin: url: got "ftp://example.com/", want an address such as https://example.com/{event.event}`),
		wrong("no host", "a plugin must not choose the host by an event", config{"url": "https://{event.distinct_id}/"}, `url: got "https://{event.distinct_id}/"`),
		wrong("placeholder in the host", "nor a part of it", config{"url": "https://example.com{event.event}"}, `url: got "{event.event}" behind the host example.com, want / before the first placeholder`),
		wrong("body with GET", "GET has none", config{"method": "GET", "body": "x"}, "body: got a text with method GET, want none"),
		wrong("no JSON", "every request would be wrong", config{"body": `{"a": {event.event}`}, "body: got no JSON: "),
		wrong("quotes around JSON", "the template is wrong at once", config{"body": `{"a": {event.event}"}`}, "body: got no JSON: "),
		wrong("no user", "there is nothing to show", config{"auth": "basic"}, "user: got nothing, want a user or a password"),
		wrong("colon in the user", "it would begin the password", config{"auth": "basic", "user": "a:b"}, "user: got a colon"),
		wrong("no token", "there is nothing to show", config{"auth": "bearer"}, "token: got nothing or several lines"),
		wrong("token of two lines", "it would be two headers", config{"auth": "bearer", "token": "a\nX: b"}, "token: got nothing or several lines"),
		wrong("token without auth", "it would not be sent", config{"token": "t0ken"}, "auth: got none beside a password or token, want basic or bearer"),
		wrong("headers of another kind", "an object is wanted", config{"headers": "X-A: b"}, "headers: got no JSON object: "),
		wrong("header of another kind", "a text is wanted", config{"headers": config{"X-A": 1}}, "headers: X-A: got number, want a text"),
		wrong("header name", "a name has no spaces", config{"headers": config{"X A": "1"}}, `headers: got "X A", want a name of letters, digits and hyphens`),
		wrong("method", "the manifest knows", config{"method": "TRACE"}, "method"),
	})
}
