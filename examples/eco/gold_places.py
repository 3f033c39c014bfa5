"""Gold programs for the questions of ecoassistant/google_places.json, by their place in that file. What a search finds
depends on its words, so a right answer is any place of a union: text searches in the question's words, and nearby
searches about the place that it names, by prominence and by distance."""

from apis import details, geocode, nearby, text_search
from gold import all_of, any_of, case, names, text, unanswerable


CHAINS = {"CVS Pharmacy", "Walgreens", "Boots", "Barnes & Noble", "Legal Sea Foods", "Starbucks", "Hilton", "Marriott",
          "Holiday Inn", "Four Seasons", "The Ritz-Carlton", "Regus", "Planet Fitness", "GoodLife Fitness", "PetSmart",
          "Petco", "The Home Depot", "B&Q", "REI", "AMC", "Cineworld", "7-Eleven", "Circle K"}


def found(*queries, near=None, keyword=None, kind=None, radius=10000):
    """All places that the searches give, by id."""
    places = {}
    for query in queries:
        places |= {one["place_id"]: one for one in text_search(query)}
    if near:
        wanted = {key: value for key, value in (("keyword", keyword), ("type", kind)) if value}
        location = geocode(near)
        for more in ({"radius": radius}, {"rankby": "distance"}):
            places |= {one["place_id"]: one for one in nearby(location, **wanted, **more)}
    assert places, (queries, near)
    return places


def called(places, least=1):
    """So many of the places, by names that one cannot guess: chains count where their address is told."""
    own = {one["name"] for one in places.values()} - CHAINS
    named = names(own, min(least, len(own)))
    return any_of(named, address(places)) if least == 1 else named


def telephone(places):
    """The number of one of the places, as the country writes it or with the country's code."""
    known = [details(place) for place in places]
    return text([number for one in known for number in (one["formatted_phone_number"], one["international_phone_number"])])


def address(places):
    """The house and the street of one of the places."""
    known = [details(place) for place in places]
    return text([one["vicinity"].rsplit(", ", 1)[0] for one in known])


def website(places):
    return text([one["website"] for one in map(details, places) if "website" in one])


def simple(number, template, *queries, least=1, **more):
    def program():
        return called(found(*queries, **more), least)
    case(number, template)(program)


simple(0, "one-with-feature", "24-hour pharmacy in Montreal", "24 hour pharmacy Montreal",
       near="Montreal", keyword="24 hour pharmacy")
simple(1, "one-with-feature", "science fiction bookstore in Chicago", "bookstore science fiction novels Chicago",
       near="Chicago", keyword="science fiction bookstore")
simple(3, "list-with-feature", "bars with live music in New Orleans", "live music bars in New Orleans", least=3,
       near="New Orleans", keyword="live music bar")
simple(4, "list-with-feature", "organic farmers markets in San Diego",
       "farmers markets in San Diego that sell organic produce", near="San Diego", keyword="organic farmers market")
simple(5, "list-with-feature", "seafood restaurants with ocean view in Cancun, Mexico", least=3,
       near="Cancun, Mexico", keyword="seafood restaurant ocean view")
simple(6, "list-with-feature", "cardiology hospital in Tokyo", "hospitals in Tokyo cardiology", least=3,
       near="Tokyo", keyword="cardiology hospital")
simple(7, "list", "historical landmarks in Athens", least=2, near="Athens", keyword="historical landmark")
simple(8, "list", "laundromat in Denver, CO", near="Denver, CO", keyword="laundromat")
simple(9, "near-landmark", "park near Metropolitan Museum of Art New York City",
       near="Metropolitan Museum of Art", keyword="park", radius=3000)
simple(10, "list", "dry cleaner in downtown Seattle", near="Seattle", keyword="dry cleaner")
simple(11, "one-with-feature", "24/7 pharmacy in the financial district of Sydney", "24 hour pharmacy Sydney CBD",
       near="Sydney CBD", keyword="24 hour pharmacy")
simple(12, "one-with-feature", "hotel with swimming pool in New York City", near="New York City",
       keyword="hotel swimming pool")
simple(13, "list", "tourist attractions in Amsterdam", "popular tourist attractions in Amsterdam", least=3,
       near="Amsterdam", keyword="tourist attractions")
simple(14, "list-with-feature", "wedding venues in Sydney outdoor", "outdoor wedding venues in Sydney", least=3,
       near="Sydney", keyword="outdoor wedding venue")
simple(15, "list-with-feature", "museums with free admission in London", "free museums in London", least=2,
       near="London", keyword="free admission museum")
simple(16, "near-landmark", "tourist attractions near Times Square, New York City", least=3,
       near="Times Square", keyword="tourist attractions", radius=5000)
simple(18, "near-landmark", "pharmacy near Times Square, New York City", near="Times Square", kind="pharmacy",
       radius=5000)
simple(19, "list-with-feature", "hair salons in Rome coloring", "hair salon coloring Rome", least=3,
       near="Rome", keyword="hair salon coloring")
simple(22, "list", "conference rooms in New York City", "conference room for a meeting in New York City", least=3,
       near="New York City", keyword="conference room")
simple(24, "near-landmark", "running trails in Central Park, New York City", "scenic running trails Central Park", least=2,
       near="Central Park", keyword="running trail", radius=5000)
simple(25, "list", "passport offices in New York City", "passport office New York City", least=2,
       near="New York City", keyword="passport office")
simple(26, "one-with-feature", "free trial gym in Toronto", near="Toronto", keyword="gym free trial")
simple(27, "one-with-feature", "pet store in San Diego hamsters", near="San Diego", keyword="pet store hamsters")
simple(28, "list", "popular bars in Barcelona, Spain", "bars in Barcelona", least=3, near="Barcelona, Spain",
       keyword="bar")
simple(30, "near-landmark", "luxury hotels in the Loop area of Chicago", "luxury hotels Chicago Loop",
       near="Chicago Loop", keyword="luxury hotel", radius=3000)
simple(32, "list", "rooftop bars in Bangkok, Thailand", "best rooftop bars Bangkok", least=3, near="Bangkok, Thailand",
       keyword="rooftop bar")
simple(34, "one-with-feature", "vegan restaurant with outdoor seating in Los Angeles", near="Los Angeles",
       keyword="vegan restaurant outdoor seating")
simple(35, "near-landmark", "famous landmarks in the Champs-Élysées area of Paris", "landmarks Champs-Élysées Paris",
       least=2, near="Champs-Élysées, Paris", keyword="landmark", radius=3000)
simple(36, "list", "famous landmarks in Rio de Janeiro", "landmarks Rio de Janeiro", least=3, near="Rio de Janeiro",
       keyword="landmark", radius=20000)
simple(39, "list", "vegan restaurants in Portland, OR", "best vegan restaurants Portland Oregon", least=3,
       near="Portland, OR", keyword="vegan restaurant")
simple(41, "one-with-feature", "kid-friendly museum in Chicago", "children's museum in Chicago", near="Chicago",
       keyword="kid friendly museum")
simple(43, "one-with-feature", "cafe in Paris croissants coffee", "good café in Paris", near="Paris",
       keyword="cafe croissants")
simple(44, "list", "art galleries in London, UK", "best art galleries to visit in London", least=3, near="London, UK",
       kind="art_gallery")
simple(49, "near-landmark", "hardware store in the West End area of London", near="West End, London",
       keyword="hardware store", radius=5000)
simple(50, "list", "seafood restaurants in Boston, Massachusetts", "good seafood restaurant Boston", near="Boston",
       keyword="seafood restaurant")
simple(54, "list-with-feature", "all-inclusive beach resort in Cancun", "beach resort Cancun", near="Cancun, Mexico",
       keyword="all inclusive beach resort", radius=20000)
simple(57, "list-with-feature", "Italian restaurants with outdoor seating in San Francisco", least=3,
       near="San Francisco", keyword="italian restaurant outdoor seating")
simple(58, "list-with-feature", "casinos in Las Vegas with free parking", least=3, near="Las Vegas",
       keyword="casino free parking")
simple(59, "list-with-feature", "rooftop bars with a view of the city in Hong Kong, China", "rooftop bars in Hong Kong",
       near="Hong Kong", keyword="rooftop bar view")


@case(2, "telephone")
def vancouver_post_office():
    return telephone(found("post office in Vancouver", near="Vancouver", keyword="post office", radius=5000))


@case(17, "address")
def amsterdam_post_office():
    return address(found("post office in Amsterdam", near="Amsterdam", keyword="post office", radius=5000))


@case(20, "telephone")
def atlanta_taxi():
    return telephone(found("taxi service in Atlanta", "taxi Atlanta, Georgia", near="Atlanta", keyword="taxi service"))


@case(21, "telephone")
def convenience_store():
    return telephone(found("24-hour convenience store near Times Square New York City", near="Times Square",
                           keyword="24 hour convenience store", radius=5000))


@case(29, "telephone")
def british_museum():
    return telephone(found("British Museum London"))


@case(31, "telephone")
def movie_theater():
    return telephone(found("movie theater in Los Angeles", near="Los Angeles", kind="movie_theater"))


@case(33, "no-location")
def nearest_hospital():
    return unanswerable()


@case(37, "telephone-and-website")
def chinese_restaurants():
    places = found("Chinese restaurants in Vancouver, Canada", "good Chinese restaurants in Vancouver",
                   near="Vancouver, Canada", keyword="chinese restaurant")
    return all_of(called(places, 2), website(places))


@case(38, "telephone")
def london_pharmacy():
    return telephone(found("pharmacy in London", "nearest pharmacy in London", near="London", kind="pharmacy"))


@case(40, "telephone-and-website")
def vegetarian_restaurants():
    places = found("vegetarian restaurants in Los Angeles", near="Los Angeles", keyword="vegetarian restaurant")
    return all_of(called(places, 2), telephone(places), website(places))


@case(42, "address-and-website")
def imax():
    places = found("IMAX movie theater in London", "movie theater with IMAX in London", near="London", keyword="IMAX",
                   radius=15000)
    return all_of(called(places), address(places))


@case(45, "address")
def san_diego_pharmacy():
    return address(found("pharmacy in San Diego, California", near="San Diego, California", kind="pharmacy",
                         radius=50000))


@case(46, "address")
def library():
    places = found("public library in Houston 3D printing", "library Houston 3D printing services", near="Houston",
                   keyword="public library 3D printing")
    return all_of(called(places), address(places))


@case(47, "telephone")
def urgent_care():
    return telephone(found("urgent care clinic in London", "urgent care London", near="London", keyword="urgent care"))


@case(48, "address")
def grocery_store():
    return address(found("grocery store near Statue of Liberty", near="Statue of Liberty, New York, NY",
                         kind="grocery_or_supermarket", radius=5000)
                   | found(near="Statue of Liberty", keyword="grocery store", radius=5000))


@case(51, "address")
def times_square_pharmacy():
    return address(found("pharmacy near Times Square", near="Times Square", kind="pharmacy", radius=5000))


@case(52, "telephone-and-address")
def sports_equipment():
    places = found("outdoor sports equipment stores near Griffith Observatory Los Angeles",
                   "sporting goods store near Griffith Observatory", near="Griffith Observatory",
                   keyword="outdoor sports equipment store", radius=5000)
    return all_of(called(places), any_of(telephone(places), address(places)))


@case(53, "address")
def mcdonalds():
    return address(found("McDonald's near Eiffel Tower Paris", near="Eiffel Tower", keyword="McDonald's", radius=3000))


@case(55, "website")
def zoo():
    return website(found("zoo near Times Square New York City", "zoo in New York City", near="Times Square",
                         keyword="zoo", radius=20000))


@case(56, "no-location")
def directions():
    return unanswerable()
