package batch

import (
	"context"
	"strconv"
)

// Deliverer sends webhooks; *deliver.Client is one.
type Deliverer interface {
	// Deliver sends a webhook, more than once if that can help, and returns when it has arrived or
	// will not; a run waits for it. It returns soon when ctx ends. Calls overlap, up to
	// MaxInFlight. w is only read, and not after Deliver has returned.
	Deliver(ctx context.Context, w *ComposedWebhook) Receipt
}

// Receipt is what came of a webhook.
type Receipt struct {
	Status   int   // of the last answer; 0 if the last attempt had none
	Attempts int   // that were made
	Refused  bool  // Err is of a kind that no attempt will mend: an address that may not be reached, a URL that is none
	Err      error // why it was not delivered; nil if it was
}

// Delivery is one line of Options.Deliveries: what became of a webhook. No secret of the chain is
// in it, but what else a URL holds.
type Delivery struct {
	Plugin    string `json:"plugin"`
	UUID      string `json:"uuid,omitempty"`
	Key       string `json:"key"` // ComposedWebhook.Key
	URL       string `json:"url"`
	Delivered bool   `json:"delivered"`
	Refused   bool   `json:"refused,omitempty"` // Receipt.Refused
	Status    int    `json:"status,omitempty"`  // Receipt.Status
	Attempts  int    `json:"attempts"`
	Error     string `json:"error,omitempty"` // why it was not delivered, on one line
}

func (r *run) newDelivery(w *ComposedWebhook, receipt Receipt) Delivery {
	d := Delivery{
		Plugin: w.Plugin, UUID: w.UUID, Key: w.Key, URL: r.redactor.Redact(w.URL),
		Delivered: receipt.Err == nil, Refused: receipt.Refused, Status: receipt.Status, Attempts: receipt.Attempts,
	}
	if receipt.Err != nil {
		d.Error = r.message(receipt.Err)
	}
	return d
}

func appendDelivery(dst []byte, d Delivery) []byte {
	w := lineWriter{buf: dst}
	w.text("plugin", d.Plugin)
	w.some("uuid", d.UUID)
	w.text("key", d.Key)
	w.text("url", d.URL)
	w.raw("delivered", strconv.AppendBool(nil, d.Delivered))
	if d.Refused {
		w.raw("refused", []byte("true"))
	}
	if d.Status != 0 {
		w.number("status", int64(d.Status))
	}
	w.number("attempts", int64(d.Attempts))
	w.some("error", d.Error)
	return w.end()
}
