using BitNet.Perf.Reporter.Rendering;

namespace BitNet.Perf.Reporter.Tests.Rendering;

public class LabelPlacementTests
{
    private static readonly LabelBox Area = new(0, 0, 400, 300);

    private static LabelBox Box(LabelPlace place, string text)
    {
        double width = text.Length * 7.3;
        double left = place.Anchor == "start" ? place.X : place.X - width;
        return new LabelBox(left, place.Y - 10, left + width, place.Y + 3);
    }

    [Fact]
    public void A_label_stands_to_the_right_and_at_the_edge_to_the_left()
    {
        Assert.Equal("start", new LabelPlacement(Area, []).Place(100, 100, "label")!.Anchor);
        Assert.Equal("end", new LabelPlacement(Area, []).Place(380, 100, "label")!.Anchor);
    }

    [Fact]
    public void Labels_of_crowded_points_never_touch_each_other_or_a_point_and_stay_inside()
    {
        var placement = new LabelPlacement(Area, []);
        (double X, double Y)[] points = [.. Enumerable.Range(0, 10).Select(i => (200.0 + i % 3, 120.0 + 4 * i))];
        foreach ((double x, double y) in points) placement.Keep(x, y);
        LabelBox[] boxes = [.. points.Select(point => placement.Place(point.X, point.Y, "a long label")).OfType<LabelPlace>().Select(place => Box(place, "a long label"))];
        Assert.Equal(10, boxes.Length);
        for (int i = 0; i < boxes.Length; i++)
        {
            Assert.True(Area.Holds(boxes[i]));
            Assert.DoesNotContain(boxes[(i + 1)..], boxes[i].Overlaps);
            Assert.DoesNotContain(points, point => boxes[i].Overlaps(new LabelBox(point.X - 5, point.Y - 5, point.X + 5, point.Y + 5)));
        }
    }

    [Fact]
    public void A_label_without_room_is_left_out() => Assert.Null(new LabelPlacement(new LabelBox(0, 0, 50, 50), []).Place(25, 25, "longer than the area"));

    [Fact]
    public void A_line_is_avoided_where_there_is_room_beside_it()
    {
        var line = new Segment(0, 100, 400, 100);
        LabelPlace place = new LabelPlacement(Area, [line]).Place(100, 100, "label")!;
        Assert.False(Box(place, "label").Crosses(line));
    }

    [Fact]
    public void What_stands_far_from_its_point_is_led_to_it()
    {
        var placement = new LabelPlacement(Area, []);
        LabelPlace[] places = [.. Enumerable.Range(0, 8).Select(_ => placement.Place(200, 150, "label")!)];
        Assert.Null(places[0].Leader);
        Assert.Equal((200, 150), (places[^1].Leader!.X1, places[^1].Leader!.Y1));
    }

    [Theory]
    [InlineData(0, 0, 10, 10, true)]
    [InlineData(0, 5, 10, 5, true)]
    [InlineData(5, 5, 5.5, 5.5, true)]
    [InlineData(0, 0, 3, 3, false)]
    [InlineData(0, 20, 20, 0, false)]
    [InlineData(0, 9, 10, 9, false)]
    public void A_line_crosses_a_box_when_a_part_of_it_lies_inside(double x1, double y1, double x2, double y2, bool crosses) =>
        Assert.Equal(crosses, new LabelBox(4, 4, 8, 8).Crosses(new Segment(x1, y1, x2, y2)));
}
