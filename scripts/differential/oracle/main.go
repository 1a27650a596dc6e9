// Answers what kustomize and Flux make of an input: one request a line on standard input, one answer a line on standard
// output, both JSON. The versions are those of kustomize-controller in Flux 2.9.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	flux "github.com/fluxcd/pkg/kustomize"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/controller-runtime/pkg/client/fake"
	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/api/provider"
	"sigs.k8s.io/kustomize/api/resmap"
	"sigs.k8s.io/kustomize/api/types"
	"sigs.k8s.io/kustomize/kyaml/filesys"
)

type request struct {
	// A directory of these files is built.
	Files     map[string]string `json:"files"`
	Directory string            `json:"directory"`
	// Or in an object the variables are substituted.
	Object    string            `json:"object"`
	Variables map[string]string `json:"variables"`
	Strict    bool              `json:"strict"`
}

// Objects are JSON with sorted keys, as encoding/json writes it.
type answer struct {
	Objects []string `json:"objects"`
	Error   string   `json:"error,omitempty"`
}

func main() {
	in := bufio.NewReaderSize(os.Stdin, 1<<20)
	out := json.NewEncoder(os.Stdout)
	for {
		line, err := in.ReadBytes('\n')
		if err != nil {
			return
		}
		var asked request
		if err := json.Unmarshal(line, &asked); err != nil {
			panic(err)
		}
		_ = out.Encode(reply(asked))
	}
}

func reply(asked request) (given answer) {
	defer func() {
		if reason := recover(); reason != nil {
			given = answer{Error: fmt.Sprint("panic: ", reason)}
		}
	}()
	objects, err := objectsOf(asked)
	if err != nil {
		return answer{Error: err.Error()}
	}
	return answer{Objects: objects}
}

func objectsOf(asked request) ([]string, error) {
	if asked.Files == nil {
		return substituted(asked)
	}
	built, err := build(asked)
	if err != nil {
		return nil, err
	}
	objects := []string{}
	for _, each := range built.Resources() {
		object, err := each.MarshalJSON()
		if err != nil {
			return nil, err
		}
		objects = append(objects, string(object))
	}
	return objects, nil
}

func build(asked request) (resmap.ResMap, error) {
	fs := filesys.MakeFsInMemory()
	for path, text := range asked.Files {
		if err := fs.WriteFile(filepath.Join("/", path), []byte(text)); err != nil {
			return nil, err
		}
	}
	options := &krusty.Options{LoadRestrictions: types.LoadRestrictionsNone, PluginConfig: types.DisabledPluginConfig()}
	return krusty.MakeKustomizer(options).Run(fs, filepath.Join("/", asked.Directory))
}

func substituted(asked request) ([]string, error) {
	resource, err := provider.NewDefaultDepProvider().GetResourceFactory().FromBytes([]byte(asked.Object))
	if err != nil {
		return nil, err
	}
	values := map[string]interface{}{}
	for name, value := range asked.Variables {
		values[name] = value
	}
	owner := unstructured.Unstructured{Object: map[string]interface{}{
		"kind":     "Kustomization",
		"metadata": map[string]interface{}{"name": "differential", "namespace": "flux-system"},
		"spec":     map[string]interface{}{"postBuild": map[string]interface{}{"substitute": values}},
	}}
	client := fake.NewClientBuilder().Build()
	result, err := flux.SubstituteVariables(context.Background(), client, owner, resource, flux.SubstituteWithStrict(asked.Strict))
	if err != nil {
		return nil, err
	}
	if result == nil {
		result = resource
	}
	object, err := result.MarshalJSON()
	return []string{string(object)}, err
}
