// Package piiredact finds personal data in events and masks, hashes or drops it.
//
//	config   {"always": "name"}
//	before   {"event":"paid","ip":"203.0.113.9","properties":{"name":"Ada","note":"call +43 1 234 56 78","card":"4111 1111 1111 1111","to":["ada@example.com"]}}
//	after    {"event":"paid","ip":"203.0.113.0","properties":{"name":"***","note":"call +** * *** ** 78","card":"**** **** **** 1111","to":["***@example.com"]}}
//
//	key          type     default                   effect
//	action       choice   mask                      mask, hash or drop
//	detect       string   email, phone, card, ip    what to look for in texts; none looks for nothing
//	properties   string   (everywhere)              paths of the properties in which to look
//	always       string   (none)                    paths of properties of which the whole value is personal
//	targets      string   properties, $set,         parts of the event: also distinct_id, which can
//	                      $set_once, ip             be hashed only
//	salt         string   (none)                    secret; needed for hash
//	events       string   (all)                     names of the events to look at
//
// Texts are searched wherever they are, in nested objects and arrays too; a path leads to
// everything below it. Names of properties are not searched.
//
//	email   ada@example.com, also with %40 in an address   ***@example.com
//	card    13 to 19 digits of a known issuer whose check  **** **** **** 1111
//	        digit is right (Luhn), also as a number
//	phone   +, 8 to 15 digits; (212) 555-0187, 212-555-0187  +** * *** ** 78
//	ip      IPv4 and IPv6                                  203.0.113.0, 2001:db8:1::
//
// A mask keeps an e-mail's domain, four digits of a card, two of a phone number, 24 bits of an IPv4
// and 48 of an IPv6 address. A hash is HMAC-SHA256 with the salt, 64 hexadecimal digits, of an
// address in lower case, of a number's digits, of an IP address in its shortest form: however it is
// written, the same value has the same hash. Drop removes the property; an element of an array
// becomes null, since others would move, and so does the event's ip.
//
// A row of a batch export has no ip of its own but shows that of its properties: with ip among the
// targets, what is made of it is written to the row as one more member.
package piiredact
