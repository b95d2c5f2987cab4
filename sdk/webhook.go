package sdk

// Webhook is a request that a composeWebhook hook asks to be sent.
// Source: the original runtime, type Webhook.
type Webhook struct {
	URL     string
	Method  string            // "" means POST
	Headers map[string]string // nil means {"Content-Type": "application/json"}; any other value replaces it whole
	Body    string
}

// Normal returns w with the defaults of nil and empty fields filled in.
func (w Webhook) Normal() Webhook {
	if w.Method == "" {
		w.Method = "POST"
	}
	if w.Headers == nil {
		w.Headers = map[string]string{"Content-Type": "application/json"}
	}
	return w
}
