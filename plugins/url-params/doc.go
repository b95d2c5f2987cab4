// Package urlparams turns the query parameters of addresses into properties.
//
//	config   {"parameters": "utm_*, ref", "targets": "properties, $set_once"}
//	before   {"event":"$pageview","properties":{"$current_url":"https://example.com/?utm_source=news&ref=a%20b&id=1"}}
//	after    {"event":"$pageview","properties":{"$current_url":"https://example.com/?utm_source=news&ref=a%20b&id=1",
//	          "utm_source":"news","ref":"a b"},"$set_once":{"initial_utm_source":"news","initial_ref":"a b"}}
//
//	key          type     default        effect
//	parameters   string   (all)          names to take; * stands for any letters
//	ignore       string   (none)         names to leave
//	from         string   $current_url   properties that hold addresses, the first that has a parameter counts
//	prefix       string   (none)         before the parameter's name
//	case         choice   keep           lower: names are compared and written in lower case
//	repeated     choice   first          first or last of several values, or all as an array
//	decode       choice   yes            no: percent escapes and + stay
//	fragment     choice   no             yes: the query behind # too
//	targets      string   properties     which objects get them: properties, $set, $set_once
//	oncePrefix   string   initial_       before the prefix, in $set_once
//	overwrite    choice   no             yes: what the event has already is replaced
//	events       string   (all)          names of the events to look at
//
// An address need not be whole or right: what stands behind the first "?" counts. A parameter
// without "=" is the empty text. An escape that is none, such as "100%", stays as it is.
package urlparams
