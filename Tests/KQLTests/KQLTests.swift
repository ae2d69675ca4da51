import KQL
import Testing
