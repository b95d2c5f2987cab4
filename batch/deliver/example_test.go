package deliver_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"

	"github.com/plugreel/plugreel/batch"
	"github.com/plugreel/plugreel/batch/deliver"
	"github.com/plugreel/plugreel/sdk"
)

// A server of one's own has to be named; every host of the internet may be reached.
func Example() {
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, q *http.Request) {
		body, _ := io.ReadAll(q.Body)
		fmt.Printf("%s %s %s, with a key: %t\n", q.Method, q.URL, body, q.Header.Get(deliver.KeyHeader) != "")
	}))
	defer server.Close()
	notify := sdk.Native(sdk.Info{Name: "notify", Hooks: []string{sdk.HookComposeWebhook}}, func() sdk.Hooks {
		return sdk.Hooks{ComposeWebhook: func(e *sdk.PluginEvent, _ *sdk.PluginMeta) (*sdk.Webhook, error) {
			return &sdk.Webhook{URL: server.URL + "/" + e.Event(), Body: "hello"}, nil
		}}
	})
	replay := func(allow ...string) {
		client, err := deliver.New(deliver.Options{Allow: allow})
		if err != nil {
			fmt.Println(err)
			return
		}
		defer client.Close()
		report, err := batch.Run(context.Background(), batch.Chain{{Program: notify}}, batch.Records(`{"event":"signup"}`),
			batch.Writer(io.Discard), batch.Options{Deliverer: client})
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("%+v\n", *report.Plugins[0].Deliveries)
	}
	replay()
	replay(server.Listener.Addr().String())
	// Output:
	// {Sent:1 Retried:0 Delivered:0 Failed:0 Refused:1}
	// POST /signup hello, with a key: true
	// {Sent:1 Retried:0 Delivered:1 Failed:0 Refused:0}
}
