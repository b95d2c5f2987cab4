package cmd

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
	"unicode"

	"github.com/spf13/cobra"

	"github.com/plugreel/plugreel/batch"
)

// inspectFlags are the flags of inspect, as the user gave them.
type inspectFlags struct {
	json, all bool
	maxRecord byteSize
	maxUUIDs  int64
	progress  string
}

func (a *app) inspectCommand() *cobra.Command {
	f := inspectFlags{maxRecord: batch.DefaultMaxRecord}
	cmd := &cobra.Command{
		Use:   "inspect FILE...",
		Short: "Say what is in an archive",
		Long: `Inspect reads archives and says what is in them: the shape and the members of the
records, which events there are and when, of how many people, duplicates, and lines that are
no records. It takes the same files, directories and patterns as replay, changes nothing and runs no
plugin.

Duplicates are records with the uuid of an earlier one, in any of the files; replay --dedupe
leaves them out. They are counted exactly as long as there are no more than 50 million uuids, which
takes 1 GB of memory; with more there are at least so many. The number of people is an estimate,
within a percent.

Exit codes: 0 every line is a record or blank; 1 some are not, or data is damaged; 2 the command is
wrong; 3 a file could not be read; 130 interrupted.`,
		Example: `  # what did we export in March
  plugreel inspect exports/2024-03/

  # all event names of a file, for other programs
  plugreel inspect --json events.ndjson.gz | jq -r '.events[].name'`,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.inspect(cmd.Context(), &f, args)
		},
	}
	flags := cmd.Flags()
	flags.BoolVar(&f.json, "json", false, "print JSON, with all names; its schema is inspection.schema.json of package batch")
	flags.BoolVar(&f.all, "all", false, "print all files and all names of events, not the first 20 of each")
	flags.Var(&f.maxRecord, "max-record", "longest record accepted, in bytes or with KiB or MiB; longer ones count as malformed")
	flags.Int64Var(&f.maxUUIDs, "max-uuids", 0, "remember the first `N` uuids to find duplicates, 20 bytes each (default 50 million)")
	flags.StringVar(&f.progress, "progress", "auto", "auto shows a progress bar on a terminal, off never does")
	_ = cmd.RegisterFlagCompletionFunc("progress", cobra.FixedCompletions([]string{"auto", "off"}, cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

// inspect runs the command.
func (a *app) inspect(ctx context.Context, f *inspectFlags, args []string) error {
	if f.progress != "auto" && f.progress != "off" {
		return usagef("--progress: got %q, want auto or off", f.progress)
	}
	if f.maxUUIDs < 0 {
		return usagef("--max-uuids: got %d, want 0 or more", f.maxUUIDs)
	}
	screen := &screen{w: a.stderr}
	if f.progress == "auto" && isTerminal(a.stderr) {
		screen.bar = newBar(a.stderr)
	}
	found, err := batch.Inspect(ctx, batch.Files(args...), batch.InspectOptions{
		MaxRecord: int(f.maxRecord), MaxUUIDs: f.maxUUIDs, OnProgress: screen.progress(),
	})
	screen.done()
	if err != nil {
		return err
	}
	text := string(found.JSON())
	if !f.json {
		text = inspectionText(&found, f.all)
	}
	if _, err := io.WriteString(a.stdout, text); err != nil {
		return &batch.IOError{Op: "write", Path: stdout, Err: plain(err)}
	}
	if n := found.Malformed.Count; n > 0 {
		return failuresError{n}
	}
	return nil
}

// fewLines is how many lines of a list are shown unless all are asked for.
const fewLines = 20

// inspectionText prints an inspection for people.
func inspectionText(i *batch.Inspection, all bool) string {
	limit := fewLines
	if all {
		limit = max(len(i.Sources), len(i.Events), 1)
	}
	var text strings.Builder
	inspectedSources(&text, i.Sources, limit)
	inspectedSchemas(&text, i.Sources, limit)
	inspectedFacts(&text, i)
	inspectedMembers(&text, i)
	inspectedEvents(&text, i, limit)
	for n, m := range i.Malformed.First {
		if n == 0 {
			fmt.Fprintf(&text, "\nmalformed\n")
		}
		fmt.Fprintf(&text, "  %s\n", printable(m.String()))
	}
	if more := i.Malformed.Count - int64(len(i.Malformed.First)); more > 0 {
		fmt.Fprintf(&text, "  and %s more\n", grouped(more))
	}
	return text.String()
}

// columns aligns what is written to it.
func columns(w io.Writer) *tabwriter.Writer { return tabwriter.NewWriter(w, 0, 0, 2, ' ', 0) }

func inspectedSources(w io.Writer, sources []batch.SourceInspection, limit int) {
	table := columns(w)
	fmt.Fprintln(table, "file\tshape\tformat\trecords\tbytes")
	for _, s := range sources[:min(limit, len(sources))] {
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\n", printable(s.Name), s.Shape, s.Format, grouped(s.Records), grouped(s.Bytes))
	}
	table.Flush()
	if more := len(sources) - limit; more > 0 {
		fmt.Fprintf(w, "and %s; --all shows them\n", count(int64(more), "more file"))
	}
}

// inspectedSchemas prints what the footers of Parquet files say, and once the columns of files with the
// same ones.
func inspectedSchemas(w io.Writer, sources []batch.SourceInspection, limit int) {
	var files []batch.SourceInspection
	for _, s := range sources {
		if s.Parquet != nil && len(files) < limit {
			files = append(files, s)
		}
	}
	if len(files) == 0 {
		return
	}
	fmt.Fprintln(w)
	table := columns(w)
	fmt.Fprintln(table, "parquet\trows\trow groups\tcompression\twritten by")
	for _, s := range files {
		p := s.Parquet
		fmt.Fprintf(table, "%s\t%s\t%d\t%s\t%s\n", printable(s.Name), grouped(p.Rows), p.RowGroups, strings.ToLower(strings.Join(p.Compressions, ", ")), printable(p.CreatedBy))
	}
	table.Flush()
	for i, s := range files {
		if i == 0 || !slices.Equal(s.Parquet.Columns, files[i-1].Parquet.Columns) {
			inspectedColumns(w, s.Name, s.Parquet.Columns)
		}
	}
}

func inspectedColumns(w io.Writer, file string, list []batch.ColumnInspection) {
	fmt.Fprintln(w)
	table := columns(w)
	fmt.Fprintf(table, "column of %s\ttype\n", printable(file))
	for _, c := range list[:min(len(list), 2*fewLines)] {
		fmt.Fprintf(table, "%s\t%s\n", printable(c.Name), c.Type)
	}
	table.Flush()
	if more := len(list) - 2*fewLines; more > 0 {
		fmt.Fprintf(w, "and %s; --json has them\n", count(int64(more), "more column"))
	}
}

func inspectedFacts(w io.Writer, i *batch.Inspection) {
	fmt.Fprintln(w)
	table := columns(w)
	fact := func(name, format string, args ...any) {
		fmt.Fprintf(table, "%s\t%s\n", name, fmt.Sprintf(format, args...))
	}
	fact("records", "%s", grouped(i.Records))
	fact("bytes", "%s, %s stored", grouped(i.Bytes.Read), grouped(i.Bytes.Stored))
	if i.Time.First != "" {
		fact("time", "%s to %s", i.Time.First, i.Time.Last)
	}
	fact("distinct ids", "%s", about(i.DistinctIDs))
	atLeast := ""
	if !i.UUIDs.Exact {
		atLeast = "at least "
	}
	fact("duplicates", "%s%s", atLeast, grouped(i.UUIDs.Duplicates))
	for _, f := range []struct {
		name string
		n    int64
	}{{"without uuid", i.UUIDs.Missing}, {"without time", i.Time.Missing}, {"without name", i.Unnamed}, {"blank lines", i.Blank}, {"malformed", i.Malformed.Count}} {
		if f.n > 0 {
			fact(f.name, "%s", grouped(f.n))
		}
	}
	table.Flush()
}

// about marks a number as an estimate where it can be wrong.
func about(n int64) string {
	if n < 1000 {
		return grouped(n)
	}
	return "about " + grouped(n)
}

func inspectedMembers(w io.Writer, i *batch.Inspection) {
	if len(i.Members) == 0 {
		return
	}
	fmt.Fprintln(w)
	table := columns(w)
	fmt.Fprintln(table, "member\tkinds")
	for _, m := range i.Members[:min(len(i.Members), 2*fewLines)] {
		fmt.Fprintf(table, "%s\t%s\n", printable(m.Name), kindsText(m.Kinds, i.Records))
	}
	table.Flush()
	if more := len(i.Members) - 2*fewLines; more > 0 {
		fmt.Fprintf(w, "and %s; --json has them\n", count(int64(more), "more member"))
	}
}

// kindsText lists kinds with their shares, if there is more than one or not every record has
// the member.
func kindsText(kinds map[string]int64, records int64) string {
	var parts []string
	for _, kind := range []string{"string", "number", "boolean", "object", "array", "null"} {
		n := kinds[kind]
		switch {
		case n == 0:
		case n == records:
			parts = append(parts, kind)
		default:
			parts = append(parts, fmt.Sprintf("%s %.1f %%", kind, 100*float64(n)/float64(max(records, 1))))
		}
	}
	return strings.Join(parts, ", ")
}

func inspectedEvents(w io.Writer, i *batch.Inspection, limit int) {
	if len(i.Events) == 0 {
		return
	}
	fmt.Fprintln(w)
	table := columns(w)
	fmt.Fprintln(table, "event\trecords")
	for _, e := range i.Events[:min(limit, len(i.Events))] {
		fmt.Fprintf(table, "%s\t%s\n", printable(e.Name), grouped(e.Count))
	}
	table.Flush()
	if more := len(i.Events) - limit; more > 0 {
		fmt.Fprintf(w, "and %s; --all shows them\n", count(int64(more), "more event"))
	}
	if i.OtherEvents > 0 {
		fmt.Fprintf(w, "and %s of names that were too many to count\n", count(i.OtherEvents, "record"))
	}
}

// printable is a text that does nothing to a terminal or a table.
func printable(s string) string {
	if s == "" || strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsPrint(r) }) {
		return strconv.Quote(s)
	}
	return s
}
