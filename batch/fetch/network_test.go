package fetch_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/batch/fetch"
	"github.com/plugreel/plugreel/sdk"
)

// echo answers with what it was asked.
func echo(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	fmt.Fprintf(w, "%s %s%s\n", r.Method, r.Host, r.RequestURI)
	r.Header.Write(w)
	w.Write(body)
}

func TestRequest(t *testing.T) {
	for _, c := range []struct {
		name, reason string
		in           sdk.Request
		want         []string
		not          string
	}{
		{"defaults", "GET, and who asks", sdk.Request{URL: "http://example.org"}, []string{"GET example.org/", "User-Agent: plugreel", "Accept: */*", "Accept-Encoding: gzip"}, "Cookie"},
		{"headers", "the plugin's own win", sdk.Request{URL: "http://example.org", Headers: [][2]string{{"user-AGENT", "me"}, {"X-a", " 1 "}, {"x-A", "2"}}}, []string{"User-Agent: me", "X-A: 1\r\nX-A: 2\r\n"}, "plugreel"},
		{"headers of the connection", "they are the client's", sdk.Request{URL: "http://example.org", Headers: [][2]string{{"Host", "evil"}, {"Expect", "100-continue"}, {"Upgrade", "h2c"}}}, []string{"GET example.org/"}, "h2c"},
		{"body", "sent as it is", sdk.Request{Method: "post", URL: "http://example.org/p", Body: []byte("a=1")}, []string{"POST example.org/p", "Content-Length: 3", "a=1"}, ""},
		{"URL", "as browsers read it", sdk.Request{URL: " http://example.org:80/a b/../ü?q=c d#f "}, []string{"GET example.org/%C3%BC?q=c%20d\n"}, "#"},
		{"user in the URL", "as in node-fetch 2", sdk.Request{URL: "http://u:p@example.org/"}, []string{"Authorization: Basic dTpw"}, ""},
		{"user in the URL and a header", "the header wins", sdk.Request{URL: "http://u:p@example.org/", Headers: [][2]string{{"authorization", "Bearer x"}}}, []string{"Authorization: Bearer x"}, "Basic"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := site(echo)
			answer, err := w.client(t, w.options("example.org")).Fetch(t.Context(), &c.in)
			require.NoError(t, err)
			for _, want := range c.want {
				assert.Contains(t, string(answer.Body), want, c.reason)
			}
			if c.not != "" {
				assert.NotContains(t, string(answer.Body), c.not, c.reason)
			}
			assert.False(t, answer.Redirected)
		})
	}
}

func TestRequestThatMakesNoSense(t *testing.T) {
	for _, c := range []struct {
		in   sdk.Request
		want string
	}{
		{sdk.Request{URL: "x/y"}, "fetch x/y: not a URL that can be fetched, want http://… or https://…"},
		{sdk.Request{URL: "file:///etc/passwd"}, `fetch file:///etc/passwd: got scheme "file", want http or https`},
		{sdk.Request{URL: "http://u:p@h:99999/?token=t"}, "fetch http://[secret]@h:99999/?token=[secret]: not a URL that can be fetched, want http://… or https://…"},
		{sdk.Request{URL: "http://example.org/%zz"}, "fetch http://example.org/%zz: not a URL that can be fetched: an invalid %-escape"},
		{sdk.Request{URL: "http://h/", Method: "CONNECT"}, `fetch http://h/: got method "CONNECT", want GET, HEAD, POST, PUT, PATCH, DELETE or the like`},
		{sdk.Request{URL: "http://h/", Method: "G T"}, `fetch http://h/: got method "G T", want GET, HEAD, POST, PUT, PATCH, DELETE or the like`},
		{sdk.Request{URL: "http://h/", Body: []byte("x")}, "fetch http://h/: got a body, want none with method GET"},
		{sdk.Request{URL: "http://h/", Headers: [][2]string{{"a b", ""}}}, `fetch http://h/: header "a b": not a header name`},
		{sdk.Request{URL: "http://h/", Headers: [][2]string{{"a", "b\r\nc: d"}}}, `fetch http://h/: header "a": got a line break, a control character or broken UTF-8 in its value`},
		{sdk.Request{URL: "http://h/", Headers: [][2]string{{"a", "\xff"}}}, `fetch http://h/: header "a": got a line break, a control character or broken UTF-8 in its value`},
	} {
		session(t, fetch.Options{}, func(client *fetch.Client) {
			_, err := client.Fetch(t.Context(), &c.in)
			require.EqualError(t, err, c.want)
			require.ErrorIs(t, err, fetch.ErrInvalid)
		})
	}
}

func TestResponse(t *testing.T) {
	w := site(func(w http.ResponseWriter, _ *http.Request) {
		w.Header()["X-B"] = []string{"2", "1"}
		w.Header().Set("X-A", "caf\xe9")
		w.Header().Set("Date", "today")
		w.WriteHeader(http.StatusTeapot)
		io.WriteString(w, "short and stout")
	})
	answer, err := get(w.client(t, w.options("example.org")), "http://example.org/#x")
	require.NoError(t, err, "any status is an answer")
	assert.Equal(t, &sdk.Response{
		URL: "http://example.org/", Status: 418, StatusText: "I'm a teapot", Body: []byte("short and stout"),
		Headers: [][2]string{{"content-length", "15"}, {"content-type", "text/plain; charset=utf-8"}, {"date", "today"}, {"x-a", "café"}, {"x-b", "2"}, {"x-b", "1"}},
	}, answer)
}

func TestGzip(t *testing.T) {
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	z.Write(bytes.Repeat([]byte("x"), 1000))
	z.Close()
	w := site(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		switch r.URL.Path {
		case "/damaged":
			io.WriteString(w, "no gzip at all")
		case "/cut":
			w.Write(packed.Bytes()[:packed.Len()-9])
		default:
			w.Write(packed.Bytes())
		}
	})
	o := w.options("example.org")
	c := w.client(t, o)
	for _, headers := range [][][2]string{nil, {{"Accept-Encoding", "gzip"}}} {
		answer, err := c.Fetch(t.Context(), &sdk.Request{URL: "http://example.org/", Headers: headers})
		require.NoError(t, err)
		assert.Len(t, answer.Body, 1000)
		assert.Equal(t, "no content-encoding", header(answer, "content-encoding"))
		assert.Equal(t, "no content-length", header(answer, "content-length"))
	}
	answer, err := c.Fetch(t.Context(), &sdk.Request{Method: "HEAD", URL: "http://example.org/"})
	require.NoError(t, err)
	assert.Empty(t, answer.Body)

	_, err = get(c, "http://example.org/damaged")
	require.EqualError(t, err, "fetch http://example.org/damaged: body: gzip: invalid header")
	_, err = get(c, "http://example.org/cut")
	require.EqualError(t, err, "fetch http://example.org/cut: body: unexpected EOF")

	o.MaxBytes = 999
	_, err = get(w.client(t, o), "http://example.org/")
	require.EqualError(t, err, "fetch http://example.org/: got a body of more than 999 bytes", "what it unpacks to counts")
	require.ErrorIs(t, err, fetch.ErrTooLarge)
}

func TestMaxBytes(t *testing.T) {
	w := site(func(w http.ResponseWriter, r *http.Request) {
		w.Write(make([]byte, fetch.DefaultMaxBytes))
		if r.URL.Path == "/more" {
			w.Write([]byte{0})
		}
	})
	o := w.options("example.org")
	c := w.client(t, o)
	answer, err := get(c, "http://example.org/")
	require.NoError(t, err)
	assert.Len(t, answer.Body, fetch.DefaultMaxBytes, "the limit itself is accepted")
	_, err = get(c, "http://example.org/more")
	require.ErrorIs(t, err, fetch.ErrTooLarge)

	o.MaxBytes = -1
	answer, err = get(w.client(t, o), "http://example.org/more")
	require.NoError(t, err)
	assert.Len(t, answer.Body, fetch.DefaultMaxBytes+1)
}

func TestRedirect(t *testing.T) {
	secrets := [][2]string{{"Authorization", "Bearer x"}, {"Cookie", "a=b"}, {"Content-Type", "text/plain"}, {"X-Mine", "1"}}
	for _, c := range []struct {
		name, reason, method, target string
		status                       int
		want, not                    []string
	}{
		{"301 POST", "becomes GET", "POST", "/end", 301, []string{"GET example.org/end", "Authorization: Bearer x", "Cookie: a=b"}, []string{"payload", "Content-Type"}},
		{"302 POST", "becomes GET", "POST", "/end", 302, []string{"GET example.org/end"}, []string{"payload", "Content-Type"}},
		{"302 PUT", "is kept", "PUT", "/end", 302, []string{"PUT example.org/end", "payload", "Content-Type"}, nil},
		{"303 PUT", "becomes GET", "PUT", "/end", 303, []string{"GET example.org/end"}, []string{"payload"}},
		{"303 GET", "is kept", "GET", "/end", 303, []string{"GET example.org/end", "Content-Type"}, nil},
		{"307 POST", "is kept", "POST", "/end", 307, []string{"POST example.org/end", "payload"}, nil},
		{"308 DELETE", "is kept", "DELETE", "/end", 308, []string{"DELETE example.org/end", "payload"}, nil},
		{"relative", "to the URL asked for", "GET", "end?a=b c", 302, []string{"GET example.org/from/end?a=b%20c"}, nil},
		{"another host", "credentials stay behind", "POST", "http://other.org/end", 307, []string{"POST other.org/end", "payload", "X-Mine: 1"}, []string{"Authorization", "Cookie"}},
		{"another port", "is another origin", "POST", "http://example.org:81/end", 307, []string{"POST example.org:81/end"}, []string{"Authorization", "Cookie"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := site(func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path != "/from/start" {
					echo(w, r)
					return
				}
				w.Header().Set("Location", c.target)
				w.WriteHeader(c.status)
			})
			w.names["other.org"] = []string{"93.184.216.35"}
			w.servers["93.184.216.35:80"], w.servers[public+":81"] = echo, echo
			r := &sdk.Request{Method: c.method, URL: "http://example.org/from/start", Headers: secrets}
			if c.method != "GET" {
				r.Body = []byte("payload")
			}
			answer, err := w.client(t, w.options("example.org", "other.org")).Fetch(t.Context(), r)
			require.NoError(t, err)
			assert.True(t, answer.Redirected)
			assert.NotEqual(t, r.URL, answer.URL)
			for _, want := range c.want {
				assert.Contains(t, string(answer.Body), want, c.reason)
			}
			for _, not := range c.not {
				assert.NotContains(t, string(answer.Body), not, c.reason)
			}
		})
	}
}

func TestRedirectIsCheckedAgain(t *testing.T) {
	for _, c := range []struct {
		location, want string
		kind           error
	}{
		{"http://127.0.0.1/", `redirect to http://127.0.0.1/: host "127.0.0.1" is not allowed; name it with --allow-net 127.0.0.1`, fetch.ErrNotAllowed},
		{"//[::ffff:169.254.169.254]/", `redirect to http://[::ffff:a9fe:a9fe]/: host "::ffff:a9fe:a9fe" is not allowed; name it with --allow-net ::ffff:a9fe:a9fe`, fetch.ErrNotAllowed},
		{"http://inside.example.org/?key=k", `redirect to http://inside.example.org/?key=[secret]: address 10.0.0.7 of "inside.example.org" is internal (private); if that is meant, name the address too, with --allow-net 10.0.0.7`, fetch.ErrInternal},
		{"file:///etc/passwd", `redirect to "file:///etc/passwd": got scheme "file", want http or https`, fetch.ErrInvalid},
		{"http://u:p@:x/", `redirect to "http://[secret]@:x/": not a URL that can be fetched, want http://… or https://…`, fetch.ErrInvalid},
		{"/again", "got more than 20 redirects", fetch.ErrRedirects},
	} {
		hops := 0
		w := site(func(w http.ResponseWriter, r *http.Request) {
			hops++
			w.Header().Set("Location", c.location)
			w.WriteHeader(http.StatusFound)
		})
		w.names["inside.example.org"] = []string{"10.0.0.7"}
		cl := w.client(t, w.options("*.example.org", "example.org"))
		_, err := get(cl, "http://example.org/")
		require.EqualError(t, err, "fetch http://example.org/: "+c.want)
		require.ErrorIs(t, err, c.kind)
		if c.kind == fetch.ErrRedirects {
			assert.Equal(t, fetch.MaxRedirects+1, hops)
		}
		assert.Equal(t, fetch.Counts{Sent: 1}, cl.Counts())
	}
}

func TestRedirectThatIsNotFollowed(t *testing.T) {
	w := site(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/none" {
			w.Header().Set("Location", r.URL.Query().Get("to"))
		}
		w.WriteHeader(http.StatusFound)
		io.WriteString(w, "moved")
	})
	c := w.client(t, w.options("example.org"))
	for query, want := range map[string]string{"/a/b?to=c": "http://example.org/a/c", "/?to=ftp://x": "ftp://x", "/?to=http://elsewhere.org": "http://elsewhere.org/"} {
		answer, err := c.Fetch(t.Context(), &sdk.Request{URL: "http://example.org" + query, Manual: true})
		require.NoError(t, err)
		assert.Equal(t, 302, answer.Status)
		assert.Equal(t, want, header(answer, "location"))
		assert.Equal(t, "moved", string(answer.Body))
		assert.False(t, answer.Redirected)
	}
	answer, err := get(c, "http://example.org/none")
	require.NoError(t, err)
	assert.Equal(t, 302, answer.Status, "a redirect to nowhere is an answer")
}

func TestTimeout(t *testing.T) {
	drip := func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			io.WriteString(w, ".")
			w.(http.Flusher).Flush()
			time.Sleep(time.Second)
		}
	}
	stall := func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }
	loop := func(w http.ResponseWriter, r *http.Request) {
		time.Sleep(2 * time.Second)
		http.Redirect(w, r, "/", http.StatusFound)
	}
	for name, handler := range map[string]http.HandlerFunc{"drip": drip, "stall": stall, "redirects": loop} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := site(handler)
				c := w.client(t, w.options("example.org"))
				start := time.Now()
				_, err := get(c, "http://example.org/")
				require.EqualError(t, err, "fetch http://example.org/: got no whole answer in 30s")
				require.ErrorIs(t, err, fetch.ErrTimeout)
				assert.NotErrorIs(t, err, context.DeadlineExceeded, "the hook has time left")
				assert.Equal(t, fetch.DefaultTimeout, time.Since(start))
			})
		})
	}
}

func TestTimeoutOfTheHook(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := site(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
		o := w.options("example.org")
		o.Timeout = -1
		c := w.client(t, o)
		ctx, cancel := context.WithTimeoutCause(t.Context(), time.Hour, sdk.ErrTimeout)
		defer cancel()
		_, err := c.Fetch(ctx, &sdk.Request{URL: "http://example.org/"})
		require.ErrorIs(t, err, sdk.ErrTimeout)
		require.NotErrorIs(t, err, fetch.ErrTimeout)
	})
}

func TestAddressThatDoesNotAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := site(say("hello"))
		w.names["example.org"] = []string{"2606:2800::1," + public}
		o := w.options("example.org")
		o.Dial = func(ctx context.Context, network, address string) (net.Conn, error) {
			if strings.HasPrefix(address, "[") {
				<-ctx.Done()
				return nil, ctx.Err()
			}
			return w.dial(ctx, network, address)
		}
		start := time.Now()
		answer, err := get(w.client(t, o), "http://example.org/")
		require.NoError(t, err)
		assert.Equal(t, "hello", string(answer.Body))
		assert.Equal(t, 3*time.Second, time.Since(start))
	})
}

func TestConnectionRefused(t *testing.T) {
	w := site(nil)
	w.servers = nil
	c := w.client(t, w.options("example.org"))
	_, err := get(c, "http://example.org/?token=abc")
	require.EqualError(t, err, "fetch http://example.org/?token=[secret]: dial tcp: connection refused")
	var fe *fetch.Error
	require.True(t, errors.As(err, &fe))
	assert.Equal(t, "http://example.org/?token=[secret]", fe.URL)
}

func TestErrorsAreFreeOfSecrets(t *testing.T) {
	w := site(nil)
	o := w.options("example.org")
	o.Redact = hide("hunter2")
	c := w.client(t, o)
	for _, url := range []string{"http://hunter2.example.org/", "http://example.org/hunter2", "hunter2"} {
		_, err := get(c, url)
		require.Error(t, err)
		assert.NotContains(t, err.Error(), "hunter2")
		assert.Contains(t, err.Error(), "[secret]")
	}
}

func TestClose(t *testing.T) {
	t.Run("ends what is under way", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			w := site(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
			c := w.client(t, w.options("example.org"))
			failed := make(chan error)
			go func() {
				_, err := get(c, "http://example.org/")
				failed <- err
			}()
			synctest.Wait()
			go c.Close()
			require.EqualError(t, <-failed, "fetch http://example.org/: the client is closed")
			_, err := get(c, "http://example.org/")
			require.ErrorIs(t, err, fetch.ErrClosed)
			require.NoError(t, c.Close(), "a second Close is the first")
		})
	})
	t.Run("closes idle and half-open connections", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			w := site(say("hello"))
			half := make(chan net.Conn, 1)
			o := w.options("example.org")
			o.Dial = func(ctx context.Context, network, address string) (net.Conn, error) {
				if strings.HasSuffix(address, ":80") {
					return w.dial(ctx, network, address)
				}
				here, there := net.Pipe() // nobody shakes hands
				half <- there
				return here, nil
			}
			c := w.client(t, o)
			_, err := get(c, "http://example.org/")
			require.NoError(t, err)
			ctx, cancel := context.WithCancel(t.Context())
			go func() {
				io.ReadFull(<-half, make([]byte, 1))
				cancel()
			}()
			_, err = c.Fetch(ctx, &sdk.Request{URL: "https://example.org/"})
			require.ErrorIs(t, err, context.Canceled)
			require.NoError(t, c.Close())
			w.open.Wait()
			synctest.Wait()
		})
	})
}

func TestHTTPS(t *testing.T) {
	s := httptest.NewUnstartedServer(say("hello"))
	s.EnableHTTP2 = true
	s.Config.ErrorLog = nil
	s.StartTLS()
	defer s.Close()
	pool := x509.NewCertPool()
	pool.AddCert(s.Certificate())
	c, err := fetch.New(fetch.Options{Allow: []string{s.Listener.Addr().String()}, RootCAs: pool})
	require.NoError(t, err)
	answer, err := get(c, s.URL)
	require.NoError(t, err)
	assert.Equal(t, "hello", string(answer.Body))
	assert.Equal(t, "OK", answer.StatusText)
	require.NoError(t, c.Close())
}

func TestNoProxy(t *testing.T) {
	t.Setenv("HTTP_PROXY", "http://127.0.0.1:1")
	t.Setenv("http_proxy", "http://127.0.0.1:1")
	w := site(say("hello"))
	_, err := get(w.client(t, w.options("example.org")), "http://example.org/")
	require.NoError(t, err)
}

func TestPublic(t *testing.T) {
	w := site(say("hello"))
	w.names["db.internal"] = []string{"10.0.0.7"}
	w.servers["10.0.0.7:80"] = say("inside")
	o := w.options()
	o.Public = true
	_, err := get(w.client(t, o), "http://example.org/")
	require.NoError(t, err, "a host of the internet needs no name")
	_, err = get(w.client(t, o), "http://db.internal/")
	require.ErrorIs(t, err, fetch.ErrInternal, "an internal one does")
	o.Allow = []string{"db.internal:80"}
	_, err = get(w.client(t, o), "http://db.internal/")
	require.NoError(t, err)
}

func TestSend(t *testing.T) {
	release := make(chan struct{})
	w := site(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/moved":
			http.Redirect(w, r, "/here", http.StatusTemporaryRedirect)
		case "/cut":
			w.Header().Set("Content-Length", "1000")
		case "/large":
			_, _ = w.Write(make([]byte, 2*fetch.SendDrain))
		case "/slow":
			w.WriteHeader(http.StatusAccepted)
			w.(http.Flusher).Flush()
			<-release
		}
	})
	o := w.options("example.org")
	o.MaxBytes = 10
	c := w.client(t, o)
	o.Timeout = time.Second
	hasty := w.client(t, o)
	defer close(release)
	for _, row := range []struct {
		path, reason string
		client       *fetch.Client
		want         int
	}{
		{"/", "the plain case", c, 200},
		{"/moved", "redirects are followed", c, 200},
		{"/cut", "a body that breaks off is no error", c, 200},
		{"/large", "nor is one longer than MaxBytes", c, 200},
		{"/slow", "nor one that never comes", hasty, 202},
	} {
		answer, err := row.client.Send(t.Context(), request("http://example.org"+row.path))
		require.NoError(t, err, row.reason)
		assert.Equal(t, row.want, answer.Status, row.reason)
		assert.Nil(t, answer.Body)
	}
	_, err := c.Send(t.Context(), request("ftp://example.org/"))
	require.ErrorIs(t, err, fetch.ErrInvalid)
	_, err = c.Send(t.Context(), request("http://elsewhere.example/"))
	require.ErrorIs(t, err, fetch.ErrNotAllowed)
	require.NoError(t, c.Close())
	_, err = c.Send(t.Context(), request("http://example.org/"))
	require.ErrorIs(t, err, fetch.ErrClosed)
}
