import SPL
import Testing
