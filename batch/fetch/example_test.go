package fetch_test

import (
	"context"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"

	"github.com/plugreel/plugreel/batch/fetch"
	"github.com/plugreel/plugreel/sdk"
)

// Off, unless a host is named.
func Example() {
	client, err := fetch.New(fetch.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer client.Close()
	_, err = client.Fetch(context.Background(), &sdk.Request{URL: "https://api.example.org/x"})
	fmt.Println(err)
	// Output:
	// fetch https://api.example.org/x: host "api.example.org" is not allowed; name it with --allow-net api.example.org
}

// A cassette answers when the server is long gone.
func ExampleOptions_cassette() {
	dir, err := os.MkdirTemp("", "cassette")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	server := httptest.NewServer(say("hello"))
	ask := func(o fetch.Options) error {
		client, err := fetch.New(o)
		if err != nil {
			return err
		}
		answer, err := client.Fetch(context.Background(), &sdk.Request{URL: server.URL})
		if err != nil {
			return err
		}
		fmt.Printf("%d %s %+v\n", answer.Status, answer.Body, client.Counts())
		return client.Close()
	}
	cassette := filepath.Join(dir, "api.jsonl")
	if err := ask(fetch.Options{Allow: []string{server.Listener.Addr().String()}, Cassette: cassette}); err != nil {
		fmt.Println(err)
	}
	server.Close()
	if err := ask(fetch.Options{Cassette: cassette}); err != nil {
		fmt.Println(err)
	}
	// Output:
	// 200 hello {Sent:1 Replayed:0 Recorded:1 Unrecorded:0}
	// 200 hello {Sent:0 Replayed:1 Recorded:0 Unrecorded:0}
}
