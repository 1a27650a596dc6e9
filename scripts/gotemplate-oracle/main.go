// Renders templates as the Flux Operator sets text/template up: one JSON {template, inputs} a line in, one JSON
// {output} or {error} a line out. Only for comparing; no part of flux-lint.
package main

import (
	"bufio"
	"encoding/json"
	"os"
	"strings"
	"text/template"

	sprig "github.com/go-task/slim-sprig/v3"
)

type request struct {
	Template string         `json:"template"`
	Inputs   map[string]any `json:"inputs"`
}

type answer struct {
	Output string `json:"output"`
	Error  string `json:"error,omitempty"`
}

func main() {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(make([]byte, 1<<20), 1<<26)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	for in.Scan() {
		var one request
		if err := json.Unmarshal(in.Bytes(), &one); err != nil {
			panic(err)
		}
		encoder.Encode(render(one))
	}
}

func render(one request) answer {
	functions := sprig.HermeticTxtFuncMap()
	functions["inputs"] = func() map[string]any { return one.Inputs }
	parsed, err := template.New("resourceset").Delims("<<", ">>").Option("missingkey=error").Funcs(functions).Parse(one.Template)
	if err != nil {
		return answer{Error: err.Error()}
	}
	var text strings.Builder
	if err := parsed.Execute(&text, nil); err != nil {
		return answer{Error: err.Error()}
	}
	return answer{Output: text.String()}
}
