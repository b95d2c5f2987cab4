// Package fetch is the network as plugins see it: an sdk.Fetcher that reaches the hosts that were
// named and nothing else, and records what they answer, so that a later replay needs no network.
//
// The front door is [New], with [Options], and [Client.Fetch]. [Client.Close] writes the cassette.
//
//	client, err := fetch.New(fetch.Options{
//		Allow:    []string{"api.example.org"},
//		Cassette: "api.jsonl",
//		Redact:   redactor.Redact,
//	})
//	defer client.Close()
//
// # Vocabulary
//
//	allowed    named in Options.Allow: reachable
//	internal   an address that is not one of the internet: loopback, private, link-local, cloud
//	           metadata, multicast, documentation, anything in IANA's special-purpose registries
//	hop        one request on the wire; a fetch has several if it is redirected
//	exchange   a request and its answer
//	cassette   a file of exchanges
//	key        the identity of a request: equal keys, equal answers
//	covered    with "[secret]" in place of a secret
//
// # What may be reached
//
// Only http and https, only hosts and ports that an entry names; an entry without a port names
// every port. Names are compared in the form in which browsers put them (lower case, punycode,
// "127.1" is 127.0.0.1); *.example.org is every host below example.org, not example.org itself.
// The rules hold for every hop. No proxy is used, whatever the environment says.
//
// A host is looked up when a connection is opened. Each address that is found is checked, and it
// is the checked address that is dialled, so a name that changes its mind gains nothing. An
// internal address is refused, with two exceptions:
//
//   - It was named itself: --allow-net 10.0.0.7. It is then open as a URL's host, and to every
//     allowed host that has it, on the ports of that entry.
//   - The host is a local name, it was named itself (not by a star), and the address is loopback or
//     private. A name is local if it has no dot (localhost, db) or ends in .localhost, .local,
//     .internal, .intranet, .private, .corp, .home, .lan, .home.arpa, .localdomain or .test.
//
// Thus --allow-net localhost:8080 is enough, but a public name that points into a private network
// needs its address named as well, and link-local and metadata addresses always do. IPv4 addresses
// inside IPv6 ones are judged as what they are: ::ffff:10.0.0.7, and 64:ff9b::a00:7 of NAT64. A
// refused address is passed over if the host has another.
//
// With Options.Public every host of the internet may be reached, and Allow names internal ones: it
// is how webhooks are sent, with [Client.Send].
//
// # What a request is like
//
// Redirects are followed up to [MaxRedirects] times as the fetch standard says: POST becomes GET
// after 301 and 302, anything but HEAD after 303; 307 and 308 keep method and body. Where scheme,
// host or port changes, Authorization and Cookie stay behind. With Request.Manual the redirect
// itself is the answer, its Location made absolute, as in node-fetch 2.
//
// Cookies are not kept. The headers User-Agent, Accept and Accept-Encoding have defaults; those
// about the connection (Host, Content-Length, Transfer-Encoding …) are the client's alone. gzip is
// unpacked, and Content-Encoding and Content-Length go with it. Headers come sorted by name.
//
// A fetch may take 30 s in all. The original runtime gave up after 3 s (fact sheet, section 4.5),
// a figure of a service that must keep up with live events; a replay would rather wait than make
// its output depend on a slow moment. A hook's own limit ends it, too.
//
// # Cassettes
//
// With a cassette, the answer to a request is a function of the request: of its method, URL,
// headers (without their order and the spelling of their names), body, and whether redirects are
// followed. In a run the same request is made once, even if several workers come to it at the same
// moment, and its answer given to all. So a replay from a cassette does not depend on the number
// of workers or who is first, and neither does the file that a recording leaves.
//
// What the cassette has is replayed, without a look at Allow. What it has not is recorded if hosts
// are allowed, and an error otherwise or in [ReplayOnly] mode.
//
// Every status is recorded but 408, 425, 429, 502, 503 and 504. These say "try again", and like
// failures (no connection, a timeout, a body that is too long) they are the plugin's to deal with
// but none to keep: the next same request is made anew. Counts.Unrecorded counts them; if it is
// not 0, what those events became may change, and recording once more completes the cassette.
//
// # Format of a cassette, version 1
//
// JSON lines, UTF-8. The first line says what it is; each further one is an exchange, in the order
// of URL, method, headers and body. Empty lines are ignored. It may be written by hand.
//
//	{"cassette":"plugreel","version":1,"salt":"0f…"}
//	{"request":{"method":"GET","url":"https://api.example.org/x"},"response":{"status":200,"status_text":"OK","headers":["content-type: application/json"],"body_json":{"a":1}}}
//	{"request":{"method":"POST","url":"https://api.example.org/y","headers":["authorization: [secret]"],"body":"a=1"},"id":"5c…","response":{"status":204}}
//
//	request.redirect    "manual" if redirects are not followed
//	headers             "name: value", names in lower case
//	body                the body as text, if it is UTF-8
//	body_json           in place of body: an object or array without needless space, as it is
//	body_base64         in place of body: any other
//	id                  the key of a request that had secrets
//	salt                of the ids; only there if an exchange has one
//	response.url        the URL after redirects, if it is another
//	response.redirected true after redirects
//
// Everything that Options.Redact finds is covered, in URLs, headers and bodies. Always covered are
// the values of Authorization, Cookie, Set-Cookie, and headers whose names end as those of
// credentials do (X-Api-Key, X-Auth-Token …), the user in a URL, and parameters such as api_key,
// token and key. Where that changes the request, the line has an id: the first 16 bytes of an
// HMAC-SHA256 of the whole request under the salt, in hexadecimal. It tells apart requests that
// look the same, and it cannot be read backwards, but whoever has the file can test guesses: a
// secret that can be guessed is not safe in it.
//
// # What it refuses to do
//
// It keeps no conversation. The same request gets the same answer for a whole run, so a plugin
// that polls sees nothing new, and one that logs in again gets its old token. What a plugin makes
// from a covered part of an answer (a cookie, a secret that is echoed) differs between recording
// and replay; if it sends that, it is told that there is no answer. A cassette that was recorded
// with one secret does not answer requests with another.
//
// A token that a server hands out in a body is not a known secret and stands in the cassette.
//
// Nothing is written before Close: what was recorded in a run that is killed is lost. Two processes
// that record to one file overwrite each other. The whole cassette is in memory.
//
// # Design notes
//
// Why not the k-th answer for the k-th same request? Who is k-th depends on the workers. Requests
// could be counted per event, but the cassette would then have a line per event where it now has
// one per distinct request, and be of no use for the next archive.
//
// Lines of JSON, not YAML: a body must come back byte for byte, which YAML's folding and line ends
// make hard; a diff shows one line per exchange; grep, jq and a merge work; and a damaged place has
// a line number.
//
// The id is there only where it is needed, so that most cassettes are plain text in which nothing
// depends on a random salt, and recording twice gives the same bytes.
//
// Redirects are followed here and not by net/http: its rules for methods and headers are older
// than the fetch standard's. Addresses are looked up here and not by net.Dialer, as the check needs
// the name and the address together, and a test must be able to play both. The price is that
// addresses are tried one after the other, 3 s each, and not in a race.
//
// Renaming is left to renameio. On Windows it cannot replace a file at once; a cassette that was
// cut off there is reported with its line.
package fetch
