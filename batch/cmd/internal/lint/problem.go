package lint

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Severity says what a problem does to the plugin.
type Severity string

// Severities, the worst first.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
	Notice  Severity = "notice"
)

// Problem is one finding.
type Problem struct {
	Plugin     string   `json:"plugin"`         // as the user wrote it
	File       string   `json:"file,omitempty"` // the plugin's path included; "" for the plugin as a whole
	Line       int      `json:"line,omitempty"` // 1-based, 0 unknown
	Column     int      `json:"column,omitempty"`
	Code       string   `json:"code"`
	Severity   Severity `json:"severity"`
	Message    string   `json:"message"`
	Suggestion string   `json:"suggestion,omitempty"` // what to write instead, or to do
}

// String is "file:line:column: message; suggestion (severity, code)".
func (p Problem) String() string {
	var b strings.Builder
	b.WriteString(cmp.Or(p.File, p.Plugin))
	if p.Line > 0 {
		fmt.Fprintf(&b, ":%d", p.Line)
	}
	if p.Column > 0 {
		fmt.Fprintf(&b, ":%d", p.Column)
	}
	b.WriteString(": " + p.Message)
	if p.Suggestion != "" {
		b.WriteString("; " + p.Suggestion)
	}
	fmt.Fprintf(&b, " (%s, %s)", p.Severity, p.Code)
	return b.String()
}

// sorted orders problems by file and position.
func sorted(list []Problem) []Problem {
	slices.SortStableFunc(list, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return list
}

// Code describes a kind of problem.
type Code struct {
	Name     string
	Severity Severity
	Meaning  string
}

// Codes lists the kinds of problems, in the order of the help. Those of plugin.json are constants
// of package manifest.
func Codes() []Code { return slices.Clone(codes) }

// Names of the codes.
const (
	codeLoad             = "load"
	codeRun              = "run"
	codeHookMisspelt     = "hook-misspelt"
	codeHookRetired      = "hook-retired"
	codeHookValue        = "hook-value"
	codeHookParameters   = "hook-parameters"
	codeWebhookAsync     = "webhook-async"
	codeConfigUndeclared = "config-undeclared"
	codeConfigUnused     = "config-unused"
	codeSecretUnmarked   = "secret-unmarked"
	codePackageMissing   = "package-missing"
	codeGlobalAbsent     = "global-absent"
	codeHostAPI          = "host-api"
	codeSlowPattern      = "slow-pattern"
	codeCloudLanguage    = "cloud-language"
	codeCloudStorage     = "cloud-storage"
	codeCloudFetch       = "cloud-fetch"
	codeCloudHooks       = "cloud-hooks"
	codeCloudAsync       = "cloud-async"
	codeCloudLog         = "cloud-log"
)

var codes = []Code{
	{codeLoad, Error, "the source does not compile, or its top-level code fails"},
	{codeRun, Error, "a hook failed on a sample event (--run)"},
	{codeHookMisspelt, Warning, "an export looks like a hook, but for its spelling"},
	{codeHookRetired, Warning, "an export was a hook of older runtimes and is not called"},
	{codeHookValue, Error, "a hook is no function"},
	{codeHookParameters, Warning, "a hook wants more arguments than it gets"},
	{codeWebhookAsync, Warning, "composeWebhook is async: the original runtime sends nothing then"},
	{codeConfigUndeclared, Warning, "the code reads a key that plugin.json does not declare"},
	{codeConfigUnused, Warning, "plugin.json declares a key that the code does not read"},
	{codeSecretUnmarked, Warning, "a key named like a secret is not marked \"secret\": true"},
	{codePackageMissing, Warning, "a required package is neither provided nor installed"},
	{codeGlobalAbsent, Warning, "a global of browsers or Node that does not exist here"},
	{codeHostAPI, Warning, "posthog.api, which needs the host product"},
	{codeSlowPattern, Notice, "a regular expression that may take long, and cannot be stopped"},
	{codeCloudLanguage, Error, "--cloud: the hosted product ran JavaScript and TypeScript"},
	{codeCloudStorage, Error, "--cloud: storage or cache in processEvent or composeWebhook"},
	{codeCloudFetch, Error, "--cloud: fetch in processEvent or composeWebhook"},
	{codeCloudHooks, Error, "--cloud: processEvent beside composeWebhook or onEvent"},
	{codeCloudAsync, Error, "--cloud: processEvent or composeWebhook is async"},
	{codeCloudLog, Error, "--cloud: a log message for every event"},
}

// severityOf looks a code up.
func severityOf(code string) Severity {
	i := slices.IndexFunc(codes, func(c Code) bool { return c.Name == code })
	return codes[i].Severity
}
