using System.Globalization;
using System.Text;

namespace SFlow.Exporter.Pipeline.Filters;

/// <summary>Reads a filter (<c>docs/api.md</c>). The first mistake is reported with its place and the nearest right word.</summary>
internal sealed class FilterParser
{
    private const string TermAllowed = "KEY=VALUE, such as namespace=shop";

    private static readonly string Keys = string.Join(", ", FilterKeys.All);

    private readonly string text;
    private readonly List<FilterTerm> terms = [];
    private int at;
    private FilterFault? fault;

    private FilterParser(string text) => this.text = text;

    public static bool TryParse(string text, out FlowFilter filter, out FilterFault? fault)
    {
        FilterParser parser = new(text);
        parser.Read();
        fault = parser.fault;
        filter = fault is null ? new FlowFilter(parser.terms) : FlowFilter.Everything;
        return fault is null;
    }

    private bool IsAtEnd => at == text.Length;

    private void Read()
    {
        if (text.Length > FlowFilter.LongestText)
        {
            Fail(string.Create(CultureInfo.InvariantCulture, $"The filter has more than {FlowFilter.LongestText} characters. Shorten it."), FlowFilter.LongestText, text.Length, null, "a shorter filter");
            return;
        }
        bool joined = false;
        for (SkipSpace(); !IsAtEnd && fault is null; SkipSpace())
        {
            int start = at;
            string word = ReadWord();
            if (IsTermNext()) ReadTerm(word, start, negated: false);
            else if (Is(word, "not")) ReadNegated(start);
            else if (Is(word, "and") && terms.Count > 0 && !joined)
            {
                joined = true;
                continue;
            }
            else FailAtWord(word, start);
            joined = false;
            if (terms.Count <= FlowFilter.MostTerms) continue;
            Fail(string.Create(CultureInfo.InvariantCulture, $"The filter has more than {FlowFilter.MostTerms} terms. Leave some out."), start, at, null, "fewer terms");
        }
        if (joined && fault is null) Fail($"A term is missing after 'and'. Write {TermAllowed}.", at, at, null, TermAllowed);
    }

    private void ReadNegated(int start)
    {
        SkipSpace();
        int wordStart = at;
        string word = ReadWord();
        if (IsTermNext()) ReadTerm(word, wordStart, negated: true);
        else if (word.Length == 0) Fail($"A term is missing after 'not'. Write {TermAllowed}.", start, at, null, TermAllowed);
        else FailAtWord(word, wordStart);
    }

    /// <summary>Reads the operator and the values.</summary>
    private void ReadTerm(string word, int wordStart, bool negated)
    {
        if (!FilterKeys.TryFind(word, out FilterKey key, out FilterSide side))
        {
            if (word.Length == 0) Fail($"A key is missing before '='. Write {TermAllowed}.", at, at + 1, null, Keys);
            else FailAtKey(word, wordStart);
            return;
        }
        if (text[at] == '!')
        {
            negated = !negated;
            at++;
        }
        at++;
        List<FilterValue> values = [];
        do
        {
            SkipSpace();
            int valueStart = at;
            if (ReadValue() is not { } written) return;
            if (written.Length == 0)
            {
                Fail($"A value is missing after '{CleanText.Beginning(text[wordStart..at].Trim())}'. Write {FilterValue.AllowedOf(key)}.", valueStart, at, null, FilterValue.AllowedOf(key));
                return;
            }
            if (FilterValue.TryParse(key, written) is not { } value)
            {
                Fail($"'{CleanText.Beginning(written)}' is no value of {FilterKeys.WordOf(key, side)}. Write {FilterValue.AllowedOf(key)}.", valueStart, at, Suggest(key, written), FilterValue.AllowedOf(key));
                return;
            }
            values.Add(value);
            if (values.Count > FlowFilter.MostValues)
            {
                Fail(string.Create(CultureInfo.InvariantCulture, $"A term has more than {FlowFilter.MostValues} values. Use * or several filters."), valueStart, at, null, "fewer values");
                return;
            }
        }
        while (TakeComma());
        terms.Add(new FilterTerm(key, side, negated, values) { Part = (wordStart, at - wordStart) });
    }

    /// <summary>A value as it is meant; null after a fault.</summary>
    private string? ReadValue()
    {
        int start = at;
        if (IsAtEnd || text[at] != '"')
        {
            while (!IsAtEnd && !char.IsWhiteSpace(text[at]) && text[at] is not (',' or '"')) at++;
            return text[start..at];
        }
        StringBuilder value = new();
        for (at++; !IsAtEnd && text[at] != '"'; at++)
        {
            if (text[at] == '\\' && at + 1 < text.Length && text[at + 1] is '"' or '\\') at++;
            value.Append(text[at]);
        }
        if (!IsAtEnd)
        {
            at++;
            return value.ToString();
        }
        Fail("A quote is not closed. Write \" behind the value.", start, at, text[start..] + "\"", "a value in double quotes");
        return null;
    }

    private string ReadWord()
    {
        int start = at;
        while (!IsAtEnd && !char.IsWhiteSpace(text[at]) && text[at] != '=' && !text.AsSpan(at).StartsWith("!=", StringComparison.Ordinal)) at++;
        return text[start..at];
    }

    /// <summary>An operator follows; spaces may stand before it.</summary>
    private bool IsTermNext()
    {
        int before = at;
        SkipSpace();
        if (!IsAtEnd && (text[at] == '=' || text.AsSpan(at).StartsWith("!=", StringComparison.Ordinal))) return true;
        at = before;
        return false;
    }

    private bool TakeComma()
    {
        int before = at;
        SkipSpace();
        if (!IsAtEnd && text[at] == ',')
        {
            at++;
            return true;
        }
        at = before;
        return false;
    }

    private void FailAtKey(string word, int start)
    {
        string nearest = Nearest.To(word, FilterKeys.All);
        Fail($"There is no key '{CleanText.Beginning(word)}' in a filter; the nearest is '{nearest}'.", start, start + word.Length, nearest, Keys);
    }

    /// <summary>A word that is no term: what other languages would mean by it is named.</summary>
    private void FailAtWord(string word, int start)
    {
        int colon = word.IndexOf(':', StringComparison.Ordinal);
        if (Is(word, "or")) Fail("There is no 'or' between terms. Separate the values of one key by commas.", start, at, null, TermAllowed);
        else if (word.AsSpan().ContainsAny('(', ')')) Fail("A filter has no parentheses. Separate terms by spaces and the values of one key by commas.", start, at, null, TermAllowed);
        else if (colon > 0 && FilterKeys.TryFind(word[..colon], out _, out _))
            Fail($"Write '=' between key and value, not ':'.", start, at, $"{word[..colon]}={word[(colon + 1)..]}", TermAllowed);
        else if (FilterKeys.TryFind(word, out FilterKey key, out _)) Fail($"A value is missing after '{CleanText.Beginning(word)}'. Write {word}=VALUE.", start, at, word + "=", FilterValue.AllowedOf(key));
        else Fail($"'{CleanText.Beginning(word)}' is no term. Write {TermAllowed}.", start, at, word.Length == 0 ? null : $"namespace={FilterTerm.Quoted(word)}", TermAllowed);
    }

    private static string? Suggest(FilterKey key, string written) => key switch
    {
        FilterKey.Protocol => Nearest.To(written, ProtocolNames.Words),
        FilterKey.Counted => written is "yes" or "1" ? "true" : written is "no" or "0" ? "false" : Nearest.To(written, ["true", "false"]),
        _ => null,
    };

    private void Fail(string detail, int start, int end, string? suggestion, string allowed) =>
        fault ??= new FilterFault(CleanText.Of(detail), start, end - start, suggestion is null ? null : CleanText.Of(suggestion), allowed);

    private void SkipSpace()
    {
        while (!IsAtEnd && char.IsWhiteSpace(text[at])) at++;
    }

    private static bool Is(string word, string known) => word.Equals(known, StringComparison.OrdinalIgnoreCase);
}
