// Renders the templates of a chart as Helm does, with the same template engine, functions and YAML reader.
// Usage: render CHART. Standard input: {"release": {...}, "sets": [{...}, ...]}. Output: a JSON list of rendered texts for each set of values.
package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"text/template"

	"github.com/Masterminds/sprig"
	"sigs.k8s.io/yaml"
)

type request struct {
	Release map[string]interface{}
	Sets    []map[string]interface{}
}

func must(err error) {
	if err != nil {
		os.Stderr.WriteString(err.Error() + "\n")
		os.Exit(1)
	}
}

// Values of a set win over those of the chart, field by field.
func merge(under, over map[string]interface{}) map[string]interface{} {
	merged := map[string]interface{}{}
	for name, value := range under {
		merged[name] = value
	}
	for name, value := range over {
		below, isMap := merged[name].(map[string]interface{})
		above, areMaps := value.(map[string]interface{})
		if isMap && areMaps {
			merged[name] = merge(below, above)
		} else {
			merged[name] = value
		}
	}
	return merged
}

func read(path string) map[string]interface{} {
	text, err := os.ReadFile(path)
	must(err)
	content := map[string]interface{}{}
	must(yaml.Unmarshal(text, &content))
	return content
}

func main() {
	chart := os.Args[1]
	var wanted request
	must(json.NewDecoder(os.Stdin).Decode(&wanted))
	functions := sprig.TxtFuncMap()
	functions["toYaml"] = func(value interface{}) string {
		text, err := yaml.Marshal(value)
		must(err)
		return strings.TrimSuffix(string(text), "\n")
	}
	files, err := filepath.Glob(filepath.Join(chart, "templates", "*"))
	must(err)
	defaults, description := read(filepath.Join(chart, "values.yaml")), map[string]interface{}{}
	// Helm writes the names of Chart.yaml with a capital.
	for name, value := range read(filepath.Join(chart, "Chart.yaml")) {
		description[strings.ToUpper(name[:1])+name[1:]] = value
	}
	output := json.NewEncoder(os.Stdout)
	for _, set := range wanted.Sets {
		texts := []string{}
		for _, file := range files {
			source, err := os.ReadFile(file)
			must(err)
			parsed, err := template.New(filepath.Base(file)).Option("missingkey=zero").Funcs(functions).Parse(string(source))
			must(err)
			var text strings.Builder
			must(parsed.Execute(&text, map[string]interface{}{"Values": merge(defaults, set), "Release": wanted.Release, "Chart": description}))
			texts = append(texts, text.String())
		}
		must(output.Encode(texts))
	}
}
