package batch

import (
	"bytes"
	"fmt"
	"time"

	"github.com/plugreel/plugreel/sdk"
)

// call is a call that no record asks for, of a scheduled task or a job. It goes to a worker as a
// line of a chunk, so that all that holds for records holds for it: it is done again if it is
// lost, its gains cross from worker processes, and the line is what its clock and its randomness
// depend on.
type call struct {
	at      time.Time
	plugin  int
	hook    string
	job     string // its name
	payload []byte // JSON on one line; nil means none
	number  int64  // of the job
}

// append appends the line of a call.
func (c call) append(dst []byte) []byte {
	w := lineWriter{buf: dst}
	w.text("now", c.at.Format(time.RFC3339Nano))
	w.number("plugin", int64(c.plugin))
	w.text("hook", c.hook)
	if c.hook == sdk.HookJobs {
		w.text("job", c.job)
		w.number("number", c.number)
	}
	if c.payload != nil {
		w.raw("payload", c.payload)
	}
	return w.end()
}

// readCall reads what append wrote: its payload is returned beside it.
func readCall(line []byte) (call, sdk.Value) {
	e, err := sdk.NewEvent(line)
	if err != nil {
		panic("batch: a call is no JSON object: " + err.Error())
	}
	c := call{plugin: int(e.Get("plugin").IntOr(0)), hook: e.Get("hook").StrOr(""), job: e.Get("job").StrOr("")}
	return c, e.Get("payload")
}

// ahead is the call that a worker process had not made when it died; none if it had made all.
func (p *progress) ahead() site {
	line, _, found := bytes.Cut(p.chunk.Data[p.from:], []byte{'\n'})
	if !found {
		return site{}
	}
	c, _ := readCall(line)
	return site{c.plugin, c.hook}
}

// scheduled makes the call at hand.
func (h *hand) scheduled() fate {
	h.uuid = ""
	h.clock.Record(h.p.record)
	c, payload := readCall(h.p.record)
	in := h.instances[c.plugin]
	err := h.p.givenError(c.plugin, c.hook)
	switch {
	case err != nil:
	case c.hook == sdk.HookJobs:
		err = h.callJob(in, c.job, payload)
	default:
		err = h.callTask(in, c.hook)
	}
	if err != nil && c.hook == sdk.HookJobs {
		err = &jobError{c.job, bare(err)}
	}
	return h.settled(c.plugin, c.hook, err)
}

// callTask calls a scheduled task.
func (h *hand) callTask(in *instance, hook string) error {
	for schedule, task := range in.hooks.RunEvery {
		if schedule.String() == hook {
			return h.callMeta(in, hook, task)
		}
	}
	return fmt.Errorf("this instance of the plugin has no %s", hook)
}

func (h *hand) callJob(in *instance, name string, payload sdk.Value) (err error) {
	job := in.hooks.Jobs[name]
	if job == nil {
		return &unknownJobError{name, h.run.chain[in.plugin].Name}
	}
	h.enter(in, sdk.HookJobs)
	defer h.leave(in, &err)
	err = job(payload, in.meta)
	h.returned = true
	return err
}

// unknownJobError is the failure of a job that the plugin does not have, in the words of the original
// runtime, which noticed it no earlier either.
type unknownJobError struct{ job, plugin string }

func (e *unknownJobError) Error() string {
	return fmt.Sprintf("Task %q not found for plugin %q", e.job, e.plugin)
}

// jobError is the failure of a job.
type jobError struct {
	job string
	err error
}

func (e *jobError) Error() string { return e.job + ": " + e.err.Error() }
func (e *jobError) Unwrap() error { return e.err }
