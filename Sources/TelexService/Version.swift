/// The program's version, as results and `--version` give it. Semantic versioning; the result schema has its own.
package let telexVersion = "0.1.0"
