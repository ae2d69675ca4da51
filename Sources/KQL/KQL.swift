/// The Kusto Query Language: text to tokens, to a syntax tree, to a logical plan.
package enum KQL {}
