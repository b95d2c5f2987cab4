package manifest

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
)

// topKeys and fieldKeys list what decoder.topMember and decoder.fieldMember know, for
// suggestions.
var (
	topKeys = []string{"name", "url", "description", "main", "lib", "config", "posthogVersion",
		"publicJobs", "stateless", "icon", "$schema"}
	fieldKeys = []string{"key", "name", "type", "default", "hint", "markdown", "order", "required",
		"secret", "choices", "required_if", "visible_if", "site"}
)

func (d *decoder) manifest(root *node) {
	if !d.typed(root, nil, kindObject, SeverityError) {
		return
	}
	for _, m := range root.last() {
		d.topMember(m, (*place)(nil).member(m.name))
	}
	if d.m.Name == "" && !d.partial && d.nameMissing(root) {
		d.warn(root.offset, nil, CodeMissingName, "got no name, want one; the directory's name is used")
	}
	if d.m.Stateless && len(d.m.declared()) > 0 {
		v := root.member("stateless")
		d.warn(v.offset, (*place)(nil).member("stateless"), CodeStatelessConfig, "got true beside a config, want no config: such a plugin could not be installed")
	}
	d.checkConditions()
}

// nameMissing reports whether the name is absent or empty, not of a wrong type.
func (d *decoder) nameMissing(root *node) bool {
	v := root.member("name")
	return v == nil || v.kind == kindString
}

func (d *decoder) topMember(m member, at *place) {
	switch v := m.value; m.name {
	case "name":
		d.m.Name = d.text(v, at, SeverityError)
	case "main":
		d.m.Main = d.main(v, at)
	case "config":
		d.config(v, at)
	case "url":
		d.m.URL = d.text(v, at, SeverityWarning)
	case "description":
		d.m.Description = d.text(v, at, SeverityWarning)
	case "lib":
		d.m.Lib = d.text(v, at, SeverityWarning)
	case "icon":
		d.m.Icon = d.text(v, at, SeverityWarning)
	case "posthogVersion":
		d.m.PosthogVersion = d.version(v, at)
	case "stateless":
		d.m.Stateless = d.flag(v, at, SeverityWarning)
	case "publicJobs":
		d.publicJobs(v, at)
	case "$schema": // for editors
	default:
		d.unknown(&d.m.Unknown, m, at, topKeys)
	}
}

// typed reports whether n is of the wanted kind. Otherwise n counts as absent, and unless it
// is null that is a problem.
func (d *decoder) typed(n *node, at *place, want kind, severity Severity) bool {
	if n.kind == want {
		return true
	}
	if n.kind == kindNull && at != nil {
		return false
	}
	d.wrongType(n, at, want.String(), severity)
	return false
}

func (d *decoder) wrongType(n *node, at *place, want string, severity Severity) {
	message := fmt.Sprintf("got %s, want %s", n.kind, want)
	if severity == SeverityError {
		d.fail(n.offset, at, CodeWrongType, message)
		return
	}
	d.warn(n.offset, at, CodeWrongType, message+"; it has no effect")
}

func (d *decoder) text(n *node, at *place, severity Severity) string {
	if !d.typed(n, at, kindString, severity) {
		return ""
	}
	return n.text
}

func (d *decoder) flag(n *node, at *place, severity Severity) bool {
	return d.typed(n, at, kindBool, severity) && n.isTrue()
}

// unknown keeps a member that nothing here knows.
func (d *decoder) unknown(kept *[]Member, m member, at *place, known []string) {
	*kept = append(*kept, Member{Name: m.name, Value: m.value.json()})
	d.warn(m.offset, at, CodeUnknownKey, "not a known key; it has no effect").suggest(m.name, known)
}

var drive = regexp.MustCompile(`^[A-Za-z]:`)

// main returns the cleaned path of the source file, "" if it leads outside the root.
func (d *decoder) main(n *node, at *place) string {
	name := d.text(n, at, SeverityError)
	if name == "" {
		return ""
	}
	slashed := path.Clean(strings.ReplaceAll(name, `\`, "/"))
	outside := path.IsAbs(slashed) || slashed == ".." || strings.HasPrefix(slashed, "../")
	if outside || drive.MatchString(name) || strings.Contains(name, "\x00") {
		d.fail(n.offset, at, CodeMainOutside, fmt.Sprintf("got %s, want a path inside the plugin's directory", quote(name)))
		return ""
	}
	return path.Clean(name)
}

// versionClause is one comma-separated part of a range as the original installer read it,
// after it took out all spaces.
var versionClause = regexp.MustCompile(`^(<|<=|=|==|>=|>|!=|\^|~|~=)?` +
	`(\*|0|[1-9][0-9]*)(\.(\*|0|[1-9][0-9]*)){0,2}(-[a-z0-9A-Z.-]*)?(\+[a-z0-9A-Z.-]*)?$`)

func (d *decoder) version(n *node, at *place) string {
	text := d.text(n, at, SeverityWarning)
	if text == "" {
		return ""
	}
	for clause := range strings.SplitSeq(strings.ReplaceAll(text, " ", ""), ",") {
		if !versionClause.MatchString(clause) {
			d.warn(n.offset, at, CodeBadVersion, fmt.Sprintf("got %s, want a version range like %q", quote(text), ">= 1.25.0"))
			break
		}
	}
	return text
}

func (d *decoder) publicJobs(n *node, at *place) {
	if !d.typed(n, at, kindObject, SeverityWarning) {
		return
	}
	for _, m := range n.last() {
		job := PublicJob{Name: m.name}
		here := at.member(m.name)
		if d.typed(m.value, here, kindObject, SeverityWarning) {
			job.Payload = d.payload(m.value, here)
		}
		d.m.PublicJobs = append(d.m.PublicJobs, job)
	}
}

func (d *decoder) payload(job *node, at *place) []JobField {
	n := job.member("payload")
	at = at.member("payload")
	if n == nil || !d.typed(n, at, kindObject, SeverityWarning) {
		return nil
	}
	var fields []JobField
	for _, m := range n.last() {
		here := at.member(m.name)
		if d.typed(m.value, here, kindObject, SeverityWarning) {
			fields = append(fields, d.jobField(m, here))
		}
	}
	return fields
}

func (d *decoder) jobField(m member, at *place) JobField {
	f := JobField{Name: m.name}
	for _, m := range m.value.last() {
		here := at.member(m.name)
		switch v := m.value; m.name {
		case "type":
			f.Type = d.jobType(v, here)
		case "title":
			f.Title = d.text(v, here, SeverityWarning)
		case "required":
			f.Required = d.flag(v, here, SeverityWarning)
		case "staff_only":
			f.StaffOnly = d.flag(v, here, SeverityWarning)
		case "default":
			f.Default = value(v)
		}
	}
	return f
}

func (d *decoder) jobType(n *node, at *place) string {
	text := d.text(n, at, SeverityWarning)
	if text != "" && !slices.Contains(jobTypes, text) {
		d.warn(n.offset, at, CodeUnknownType, fmt.Sprintf("got %s, want %s", quote(text), either(jobTypes))).suggest(text, jobTypes)
	}
	return text
}
