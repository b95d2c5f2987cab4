// Package webhook turns events into HTTP requests of the user's own form and leaves the events
// alone.
//
//	config   {"url": "https://example.com/users/{event.distinct_id}", "events": "signup", "auth": "bearer", "token": "…",
//	          "body": "{\"text\": \"{event.distinct_id} chose {event.properties.plan}\", \"amount\": {event.properties.amount}}"}
//	event    {"event":"signup","distinct_id":"ada b","properties":{"plan":"\"pro\"","amount":12.50}}
//	request  {"url": "https://example.com/users/ada%20b", "method": "POST",
//	          "headers": {"Content-Type": "application/json", "Authorization": "Bearer …"},
//	          "body": {"text": "ada b chose \"pro\"", "amount": 12.50}}
//
//	key        type     default    effect
//	url        string   required   template: where the requests go
//	method     choice   POST       POST, PUT, PATCH, DELETE or GET
//	body       string   {event}    template, as a text or as an object
//	format     choice   json       what the body is: json or text
//	headers    json     (none)     object of headers; values are templates
//	auth       choice   none       basic or bearer: the header Authorization
//	user       string   (none)     for basic
//	password   string   (none)     for basic, secret
//	token      string   (none)     for bearer, secret
//	events     string   (all)      names of the events to send
//	ignore     string   (none)     names of the events not to send
//	where      string   (none)     conditions, all of which must hold
//
// # Templates
//
// A placeholder is {event}, all of the event, or {event.PATH}, what is at that path of it:
// uuid, team_id, distinct_id, event, timestamp, properties.NAME and so on. Where there is nothing
// at a path whose names are in an object, the rest of the path is tried as one name, so that
// {event.properties.a.b} finds "a.b" too. All other braces stand for themselves.
//
//	where                         what becomes of a value
//	JSON, between quotes          its text, escaped; nothing if it is missing or null
//	JSON, elsewhere               the JSON value as it stands in the event; null if it is missing
//	text                          its text
//	url                           its text with percent escapes
//	headers                       its text without line ends and other control characters
//
// The text of a value that is no string is its JSON. A template for JSON is checked when the plugin
// is set up, so every body is JSON. The host of an address is no place for placeholders.
//
// # Conditions
//
// PATH=TEXT and PATH!=TEXT compare the text of a value; that of a missing one is empty. PATH alone
// wants a value that is there and neither null, false nor empty, !PATH wants none. Paths are
// those of placeholders, without "event.".
package webhook
