/// Splunk's Search Processing Language: text to tokens, to a syntax tree, to a logical plan.
package enum SPL {}
