// Reads paths, one a line, and writes for each what hashicorp/hcl/v2 sees in it: every attribute, block and call with its
// bytes, or that it does not parse. Made for scripts/compare-hcl.ts.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"sort"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

type answer struct {
	Path   string   `json:"path"`
	Fails  bool     `json:"fails,omitempty"`
	Pieces []string `json:"pieces,omitempty"`
}

type walker struct{ pieces []string }

func (w *walker) add(kind string, name string, at hcl.Range) {
	w.pieces = append(w.pieces, fmt.Sprintf("%s %s %d-%d", kind, name, at.Start.Byte, at.End.Byte))
}

func (w *walker) Enter(node hclsyntax.Node) hcl.Diagnostics {
	switch n := node.(type) {
	case *hclsyntax.Attribute:
		w.add("attribute", n.Name, n.NameRange)
		w.add("value", n.Name, n.Expr.Range())
	case *hclsyntax.Block:
		w.add("block", n.Type, n.TypeRange)
	case *hclsyntax.FunctionCallExpr:
		w.add("call", n.Name, n.Range())
	case *hclsyntax.ConditionalExpr:
		w.add("conditional", "", hcl.Range{})
	case *hclsyntax.ForExpr:
		w.add("for", "", hcl.Range{})
	}
	return nil
}

func (w *walker) Exit(hclsyntax.Node) hcl.Diagnostics { return nil }

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(make([]byte, 1<<20), 1<<20)
	out := json.NewEncoder(os.Stdout)
	for lines.Scan() {
		path := lines.Text()
		text, err := os.ReadFile(path)
		if err != nil {
			panic(err)
		}
		file, diagnostics := hclsyntax.ParseConfig(text, path, hcl.InitialPos)
		if diagnostics.HasErrors() {
			_ = out.Encode(answer{Path: path, Fails: true})
			continue
		}
		w := &walker{}
		hclsyntax.Walk(file.Body.(*hclsyntax.Body), w)
		sort.Strings(w.pieces)
		_ = out.Encode(answer{Path: path, Pieces: w.pieces})
	}
}
