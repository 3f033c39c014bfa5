package dev.troupe.knowledge.replay;

import java.util.List;
import java.util.regex.Pattern;

/**
 * One way of saying the same in other words. The list is closed, and each entry has to hold for every question: it is
 * read by people, and what is not on it makes two questions different.
 *
 * @param where in which sentences it holds
 */
record Rewriting(Pattern pattern, String replacement, Where where) {
    private enum Where {
        ANYWHERE,
        /** Only where there is no second clause, so that moving a part cannot change what it belongs to. */
        ONE_CLAUSE,
        /** Only where nothing behind a comma says what it belongs to: no relative clause, no second date. */
        FRONTED,
        /** Only where there is one date, which no word need tell from another. */
        ONE_DATE
    }

    private static final String NAME = "<N\\d+>";
    private static final String DATE = "<[DWMRY]\\d+>";
    /** Where the noun after a possessive ends. */
    private static final String STOP =
            "(?= (?:of|in|on|for|at|from|to|during|since|by|before|after|until|between|near|with"
                    + "|without|per|was|is|were|are|will|did|do|does|has|have|had|and|or|than|as|right|now|,|\\.|<|\\|)|$)";

    /** What can stand before the rest of a question, with a comma behind it. */
    private static final String FRONT =
            "(?:(?:in|on|at|for|during|between|over|to|within|excluding|including|since|before|after"
                    + "|until|when|with|without) [^,]+|" + DATE
                    + "|together|now|right now|currently|at the moment|at present)";

    private static final String ASKING =
            "(?:(?:(?:on|in|by|until|at|for|of) )?(?:what|which|who|how|when|where|why)|is|are|was"
                    + "|were|do|does|did|will|has|have|can|could|please|tell|give|show|list|find|describe) ";

    private static final String TRADED = "(?:price|prices|volume|value)";
    private static final String KIND = "(?:(?:adjusted|daily|current|latest|average) )?"
            + "(?:(?:closing|opening|close|open|highest|lowest|high|low|trading|exchange|stock|share|market) ){0,2}";

    /** Marks the past or what is to come where no date says so. */
    static final String PAST = "(past) ";

    static final String FUTURE = "(future) ";

    /** A verb that is finite, or is part of a reduced clause. */
    private static final Pattern VERBAL = Pattern.compile(
            "(?:^| )(?:(?:is|are|was|were|be|been|has|had|have)(?: not)?(?: \\w+(?:ed|ing))?|do|does|did|will|can|could"
                    + "|(?!speed |need )\\w{3,}ed)(?= |$)");

    private static final Pattern ANY_DATE = Pattern.compile(DATE);

    private static final Pattern SECOND_CLAUSE = Pattern.compile(
            "(?:^| )(?:who|whom|whose|that|which|where|when|while|if|whether|and|or|but|than|not|with|without|versus|vs|to|"
                    + "from|between|before|after|since|until|whereas|because|(?!speed |need )\\w{3,}ed)(?= |$)");

    /** Taken off the beginning and the end as long as one fits. */
    static final List<Rewriting> LEADING = List.of(
            drop(
                    "^(?:please|kindly|hi|hello|hey|ok|okay|so|just|quickly|also|thanks|thank you|quick question|well|,|:|-)(?= |$) ?"),
            drop("^there(?= ?,| ?!)"),
            drop("^good (?:morning|afternoon|evening|day) ?,? ?"),
            drop("^(?:out of curiosity|just curious|by way|by the way) ?,? ?"),
            drop("^would you mind (?:telling|showing|giving) me "),
            drop("^would you be so kind (?:as )?to "),
            drop("^(?:i was|i am) hoping (?:that )?you (?:could|can) (?=tell|show|give|find|help)"),
            drop("^any chance (?:that )?you (?:could|can) (?=tell|show|give|find|help)"),
            drop("^i am trying to (?:find out|figure out|learn) "),
            movable("^((?:(?:on|in|for|during) )?(?:the )?" + DATE + ")(?: ,)? (?!')(.+)$", "$2 $1"),
            movable("^(in " + NAME + "(?: , " + NAME + ")?)(?: ,)? (?!'|,)(.+)$", "$2 $1"),
            drop(
                    "^(?:can|could|would|will) you (?:please |kindly |possibly |quickly |maybe |also |just )*(?!be (?!able)|not |mind "
                            + "|have )(?=[a-z]+ )"),
            drop("^be able to "),
            drop("^i (?:would like|would love|want|need|wish|would be interested|would appreciate it if you could)"
                    + "(?: you)? to (?:know|see|find out|learn|get|have|check|ask)(?: about)? "),
            drop("^i (?:would like|want|need|am after) (?=(?:the|to be told|a|an) )"),
            drop(
                    "^i am (?:interested in|curious about|looking for|asking for|wondering about)(?: knowing| learning| finding out"
                            + "| getting| seeing)? (?=the |what )"),
            drop("^i (?:am wondering|was wondering|wonder|am curious)(?: about| to know)? ?,? "),
            drop("^(?:do|would) you (?:happen to )?know "),
            drop("^(?:any idea|may i ask|may i know|can i know|could i know|can i ask|could i ask|can i get|could i get"
                    + "|can i have|could i have|may i have|might i ask) "),
            drop(
                    "^(?:tell|show|give|get|fetch|find|send|bring|provide|share|let|help)(?: me| us)(?: know| out| find| see"
                            + "| look up| get| with)*(?: about)? "),
            drop(
                    "^(?:find out|look up|lookup|check|retrieve|fetch|report|display|return|state|say|provide|find|get|give|show"
                            + "|calculate|compute|determine|work out|figure out|inquire about|inquire|enquire about|enquire|search for"
                            + "|share|list) (?=(?:what|how|which|who|when|where|the|me the|<|\\w+ (?:price|volume|rate|number|temperature)))"),
            same("^(?:list|overview) of ", "list "),
            same("^(?:a|the) list of ", "list "),
            same("^what (?:are|is) the list of ", "list "),
            same("^if (?=[^,]+$)", "whether "),
            fronted("^(" + FRONT + ") , (" + ASKING + ".+)$", "$2 $1"),
            same("^of (.+) , which ", "which of $1 "),
            same("^how (is|are|was|were) (?=the weather\\b)", "what $1 "),
            same("^how will the weather be(?: like)?\\b", "what will the weather be"),
            same("\\b(?:is|are) (the .+? |<[DWMRY]\\d+> 's .+? |)going to be(?: like)?(?= |$)", "will $1be"),
            same("^is it going to (?=\\w)", "will it "),
            same("^what (is|are|was|were|will) (the weather|weather) (?:be )?like\\b", "what $1 $2"),
            same("^what will (the weather)(?! be)", "what will $1 be"),
            same(
                    "^how much (is|are|was|were) (?=(?:the )(?:\\w+ ){0,3}(?:price|volume|revenue|cost|profit|amount|total)\\b)",
                    "what $1 "),
            same("^how many (.+?) (?:was|were) there(?= |$)", PAST + "number of $1"),
            same("^how many (.+?) there (?:was|were)(?= |$)", PAST + "number of $1"),
            same("\\bhow many (.+?) (?:are|is) there(?= |$)", "number of $1"),
            same("\\bhow many (.+?) there (?:are|is)(?= |$)", "number of $1"),
            same(
                    "^(?:what|what price|how much|at what price) did (" + NAME
                            + ")(?: 's)?(?: stocks?| shares?)? close(?: at)?(?= (?:the )?<| on |$)",
                    PAST + "the closing price of $1"),
            same(
                    "^(?:what|what price|how much|at what price) did (" + NAME
                            + ")(?: 's)?(?: stocks?| shares?)? open(?: at)?(?= (?:the )?<| on |$)",
                    PAST + "the opening price of $1"),
            drop(
                    " ?,? ?(?:please|thanks|thank you|for me|if possible|if you can|if you could|would you|kindly|right away"
                            + "|many thanks|thx|pls|thanks in advance|thank you in advance|if you do not mind|thank you|thank you very much|thanks a lot)$"),
            drop(" ?,? ?(?:can|could) you (?:please )?(?:tell me|help me|find one|help me find one|help me find it"
                    + "|let me know|check|look it up)(?: for me)?$"),
            drop("^(?:can|could) you (?:please )?(?:help me|help|help me find one)$"),
            drop("^one$"));

    /** Applied once, in this order. */
    static final List<Rewriting> INNER = List.of(
            same("\\bhow many (?=\\w|<)", "number of "),
            drop("(?<= )the (?=<|\\w)|^the | the(?= )"),
            drop("(?:^|(?<= ))(?:a|an) "),
            // A date says when, whatever stands before it; "since" and "before" stay.
            oneDate(
                    "\\b(?:on|in|for|during|of|at) (?:date of |month of |year of |week of |day of |month |year )?("
                            + DATE + ")",
                    "$1"),
            same("(?:month of|year of|year|month) (" + DATE + ")", "$1"),
            // What belongs to whom.
            same("(" + NAME + ") 's ([\\w/-]+(?: [\\w/-]+)*?)" + STOP, "$2 of $1"),
            same("(" + NAME + ") (" + KIND + TRADED + ")(?= |$)", "$2 of $1"),
            same("(" + TRADED + ") (?:of|for) (?:stocks?|shares?) of (" + NAME + ")", "$1 of $2"),
            same("(" + TRADED + ") (?:of|for) (" + NAME + ")(?: stocks?| shares?)?(?= |$)", "$1 of $2"),
            same("\\b(?:stock|share) (?=" + TRADED + " of )", ""),
            same("\\bclose price\\b", "closing price"),
            same("\\bopen price\\b", "opening price"),
            // Where the weather is.
            same(
                    "(weather|forecast|temperature|humidity|conditions|wind speed|visibility|pressure|index) (?:for|of|at) ("
                            + NAME + ")",
                    "$1 in $2"),
            same("(" + DATE + ") 's ([\\w-]+(?: [\\w-]+)*?)" + STOP, "$2 $1"),
            drop("\\|(?= |$)"),
            same(" +", " "),
            drop("(?:^| ),(?! <[^DWMRY])|(?<!>) ,"),
            oneDate("(" + DATE + ") ((?:in|near|at|of|for|from) " + NAME + "(?: , " + NAME + ")?)", "$2 $1"),
            same("\\b(?:right now|at the moment|at moment|at present|currently|as of now|at this moment)\\b", "now"),
            same("^current (exchange rate .+)$", "$1 now"),
            movable("^(.*)\\bcurrent (.+)$", "$1$2 now"),
            movable("^(.*) now( .+)$", "$1$2 now"),
            movable("^now (.+)$", "$1 now"),
            drop("\\bcity of (?=<N)"),
            same(" +", " "));

    private static Rewriting drop(String pattern) {
        return same(pattern, "");
    }

    private static Rewriting same(String pattern, String replacement) {
        return new Rewriting(Pattern.compile(pattern), replacement, Where.ANYWHERE);
    }

    private static Rewriting movable(String pattern, String replacement) {
        return new Rewriting(Pattern.compile(pattern), replacement, Where.ONE_CLAUSE);
    }

    private static Rewriting fronted(String pattern, String replacement) {
        return new Rewriting(Pattern.compile(pattern), replacement, Where.FRONTED);
    }

    private static Rewriting oneDate(String pattern, String replacement) {
        return new Rewriting(Pattern.compile(pattern), replacement, Where.ONE_DATE);
    }

    private static long dates(String text) {
        return ANY_DATE.matcher(text).results().count();
    }

    String apply(String text) {
        boolean holds = switch (where) {
            case ANYWHERE -> true;
            case ONE_CLAUSE -> !SECOND_CLAUSE.matcher(text).find();
            case FRONTED ->
                !Verb.hasRelativeClause(text.substring(text.indexOf(',') + 1))
                        && VERBAL.matcher(text.substring(text.indexOf(',') + 1))
                                        .results()
                                        .count()
                                <= 1
                        && dates(text) <= Math.max(1, dates(text.substring(0, Math.max(0, text.indexOf(',')))));
            case ONE_DATE -> dates(text) == 1;
        };
        return !holds ? text : pattern.matcher(text).replaceAll(replacement).strip();
    }
}
