// Package deliver sends webhooks that plugins composed: a batch.Deliverer that tries again where
// that can help, spares the receivers, and reaches nothing inside a private network by accident.
//
// The front door is [New], with [Options], and [Client.Deliver]. A run sends what its plugins
// compose if it is given a Client:
//
//	client, err := deliver.New(deliver.Options{Redact: chain.Redactor().Redact})
//	defer client.Close()
//	report, err := batch.Run(ctx, chain, source, sink, batch.Options{
//		Deliverer:  client,
//		Deliveries: batch.Create("out.deliveries.ndjson"), // what became of each
//		Webhooks:   batch.Create("out.webhooks.ndjson"),   // those that did not arrive
//	})
//
// # Vocabulary
//
//	attempt    a request, redirects included
//	delivered  answered with a status below 400
//	refused    not sent, because sending it again would not be either: no URL that can be reached,
//	           a header that is none, an internal address
//	pause      a host has said how long it wants to be left alone
//
// # What becomes of an attempt
//
//	status below 400                      the webhook is delivered
//	429, 5xx                              another attempt, after what Retry-After says
//	no connection, a reset, no answer     another attempt
//	any other status                      failed
//	an internal address, also of          refused
//	a redirect; a URL that is none
//
// An answer is its head: once that is there, the attempt is decided, whatever the body does. An
// attempt has 5 s, a webhook three attempts, with 1 s and 2 s between them, half of it random. A
// Retry-After header, in seconds or as a date, makes the wait longer, up to 100 s, and holds for
// everything else that goes to that host. Source: fact sheet section 5.4, the path of the webhook
// service.
//
// Redirects are followed as package fetch says, so that POST becomes GET after a 301, 302 or 303:
// some receivers, such as scripts of spreadsheets, work that way.
//
// # What may be reached
//
// Every host of the internet. Addresses that are loopback, private, link-local or cloud metadata
// are refused when they are dialled, be it of the first host or one that was redirected to, unless
// the host is named in Options.Allow; package fetch has the rules. No proxy is used.
//
// # At least once
//
// A webhook may arrive twice: when its answer was lost, or the process died before it was noted.
// Every attempt has the header Idempotency-Key, which is the same for the same webhook of the same
// record, so that a receiver can tell; see batch.ComposedWebhook. A plugin's own header of that
// name wins.
//
// # What did not arrive
//
// is in the file of Options.Webhooks of package batch, a line for each, key included. The lines are
// an archive like others, and a plugin sends them once more:
//
//	export function processEvent(line) {
//	    return { event: 'webhook', uuid: line.uuid, properties: line }
//	}
//
//	export function composeWebhook({ properties: { url, method, headers, body, key } }) {
//	    return { url, method, body, headers: { ...headers, 'Idempotency-Key': key } }
//	}
//
// # What it refuses to do
//
// It keeps no order: webhooks of one host overtake each other. It does not give up on a host: each
// webhook has its attempts, and a host that is down makes a replay slow rather than incomplete. It
// remembers nothing; what has arrived before a crash is known to the run's journal.
//
// # Design notes
//
// Time and chance are behind [Clock] and Options.Jitter, so that tests of waits of 100 s take none.
// That is why the loop of attempts is here: the libraries for it sleep on the machine's clock. So
// does the limit of an attempt, which is package fetch's and belongs to the sockets.
//
// A slot of a host is held during an attempt, not between two, so that one webhook that waits does
// not keep others from being tried. Waiting because of a pause or the rate holds one: it is the
// host that waits then.
package deliver
