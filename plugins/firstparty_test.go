package plugins_test

import (
	"testing"

	"github.com/plugreel/plugreel/testkit"
)

func TestHelloWorld(t *testing.T) {
	cases := []testkit.Case{
		{
			Name:   "defaults",
			Reason: "a fresh installation says hello world and baz",
			In:     `{"event":"$pageview","properties":{"$browser":"Chrome"}}`,
			Want:   `{"event":"$pageview","properties":{"$browser":"Chrome","hello":"world","bar":"baz"}}`,
		}, {
			Name:   "config",
			Reason: "both values are the user's to choose",
			Config: map[string]any{"greeting": "there", "bar": "open"},
			In:     `{"event":"$pageview","properties":{}}`,
			Want:   `{"event":"$pageview","properties":{"hello":"there","bar":"open"}}`,
		}, {
			Name:   "no properties",
			Reason: "$identify may come without properties",
			In:     `{"event":"$identify","$set":{"email":"ada@example.com"}}`,
			Want:   `{"event":"$identify","$set":{"email":"ada@example.com"},"properties":{"hello":"world","bar":"baz"}}`,
		}, {
			Name:   "null properties",
			Reason: "an export row may have null",
			In:     `{"event":"x","properties":null}`,
			Want:   `{"event":"x","properties":{"hello":"world","bar":"baz"}}`,
		}, {
			Name:   "greeted before",
			Reason: "an event that says hello itself keeps its word, so that a second replay changes nothing",
			In:     `{"event":"x","properties":{"hello":"Ada","bar":"old"}}`,
			Want:   `{"event":"x","properties":{"hello":"Ada","bar":"baz"}}`,
		}, {
			Name:   "empty hello",
			Reason: "an empty text is a value, null is none",
			In:     `{"event":"x","properties":{"hello":""}}`,
			Want:   `{"event":"x","properties":{"hello":"","bar":"baz"}}`,
		}, {
			Name:   "empty config",
			Reason: "a text that the user emptied stays empty",
			Config: map[string]any{"greeting": "", "bar": ""},
			In:     `{"event":"x","properties":{"hello":null}}`,
			Want:   `{"event":"x","properties":{"hello":"","bar":""}}`,
		},
	}
	for _, ref := range []string{"./hello-world", "./hello-world-ts"} {
		t.Run(ref, func(t *testing.T) { testkit.Run(t, ref, cases) })
	}
}

func TestHTTPPost(t *testing.T) {
	const in = `{"uuid":"u1","event":"signup","distinct_id":"ada","team_id":2,"timestamp":"2024-01-01T12:00:00+01:00","ip":"10.0.0.7","properties":{"plan":"free"}}`
	const body = `{"uuid":"u1","event":"signup","distinct_id":"ada","team_id":2,"timestamp":"2024-01-01T11:00:00.000Z","properties":{"plan":"free"}}`
	url := func(more map[string]any) map[string]any {
		config := map[string]any{"url": "https://example.com/events"}
		for key, value := range more {
			config[key] = value
		}
		return config
	}
	testkit.Run(t, "./http-post", []testkit.Case{
		{
			Name:    "defaults",
			Reason:  "every event is posted as JSON, and goes on as it is",
			Config:  url(nil),
			In:      in,
			Want:    in,
			Webhook: `{"url":"https://example.com/events","body":` + body + `}`,
		}, {
			Name:    "body is compact",
			Reason:  "members stand in the order of the description",
			Config:  url(nil),
			In:      `{"event":"x","properties":{},"now":"2024-01-01T11:00:00Z"}`,
			Webhook: `{"url":"https://example.com/events","body":"{\"event\":\"x\",\"timestamp\":\"2024-01-01T11:00:00.000Z\",\"properties\":{}}"}`,
		}, {
			Name:    "method",
			Reason:  "one of the choices",
			Config:  url(map[string]any{"method": "PATCH"}),
			In:      in,
			Webhook: `{"url":"https://example.com/events","method":"PATCH","body":` + body + `}`,
		}, {
			Name:    "API key",
			Reason:  "headers replace the default ones, so that the content type must be among them",
			Config:  url(map[string]any{"apiKey": "s3cret"}),
			In:      in,
			Webhook: `{"url":"https://example.com/events","headers":{"Content-Type":"application/json","Authorization":"Bearer s3cret"},"body":` + body + `}`,
		}, {
			Name:    "included",
			Reason:  "spaces around names and empty names do not count",
			Config:  url(map[string]any{"eventsToInclude": " $pageview , signup,,"}),
			In:      in,
			Webhook: `{"url":"https://example.com/events","body":` + body + `}`,
		}, {
			Name:    "not included",
			Reason:  "the event goes on without a request",
			Config:  url(map[string]any{"eventsToInclude": "$pageview,Signup"}),
			In:      in,
			Want:    in,
			Webhook: "null",
		}, {
			Name:   "no address",
			Reason: "required, and has no default",
			In:     in,
			Error:  "url",
		}, {
			Name:   "no such method",
			Reason: "GET has no body",
			Config: url(map[string]any{"method": "GET"}),
			In:     in,
			Error:  "method",
		}, {
			Name:   "address of another kind",
			Reason: "setupPlugin says so before the first event",
			Config: map[string]any{"url": "ftp://example.com/"},
			In:     in,
			Error:  `url: got "ftp://example.com/", want an address such as https://example.com/events`,
		},
	})
}
