using System.Net;
using Plimsoll.Web.Charts;
using Xunit;

namespace Plimsoll.Web.Tests;

/// <summary>Maps on outlines of land, or on an approved base map that a setting names; names on them lie over no other.</summary>
public sealed class BaseMapTest
{
    // One pixel.
    private static readonly byte[] _png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    );

    [Fact]
    public async Task A_base_map_lies_beneath_the_dots_with_its_credit_and_without_it_outlines_of_land_alone()
    {
        var stop = TestContext.Current.CancellationToken;
        await using (var plain = await WorkbenchServer.Start())
        {
            using var client = plain.Client();
            var page = await client.GetStringAsync("/map", stop);
            Assert.Contains("class=\"land\"", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<image", page, StringComparison.Ordinal);
            Assert.Contains("no boundaries are drawn", page, StringComparison.Ordinal);
            Assert.Equal(
                HttpStatusCode.NotFound,
                (await client.GetAsync("/base-map/0_0.png", stop)).StatusCode
            );
        }
        var folder = Directory.CreateTempSubdirectory("tiles-").FullName;
        foreach (var name in new[] { "0_0.png", "0_1.png", "1_0.png", "1_1.png" })
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, name), _png, stop);
        }
        await File.WriteAllTextAsync(Path.Combine(folder, "secret.txt"), "secret", stop);
        await using (
            var server = await WorkbenchServer.Start(
                null,
                ("Workbench:BaseMap", folder),
                ("Workbench:BaseMapBounds", "70, 15, 140, 55"),
                ("Workbench:BaseMapCredit", "A maker, approved under no. 7")
            )
        )
        {
            using var client = server.Client();
            var page = await client.GetStringAsync("/map", stop);
            Assert.DoesNotContain("class=\"land\"", page, StringComparison.Ordinal);
            Assert.Contains("A maker, approved under no. 7", page, StringComparison.Ordinal);
            Assert.DoesNotContain("no boundaries are drawn", page, StringComparison.Ordinal);
            // The south-eastern tile: 35 degrees wide, 20 high, from 105 east and 35 north.
            Assert.Contains(
                "<image href=\"/base-map/1_1.png\" x=\"285\" y=\"55\" width=\"35\" height=\"20\"",
                page,
                StringComparison.Ordinal
            );
            var image = await client.GetAsync("/base-map/1_1.png", stop);
            Assert.Equal("image/png", image.Content.Headers.ContentType!.MediaType);
            Assert.Equal(_png, await image.Content.ReadAsByteArrayAsync(stop));
            foreach (var path in new[] { "secret.txt", "..%2Fworkbench.db", "2_0.png" })
            {
                Assert.Equal(
                    HttpStatusCode.NotFound,
                    (await client.GetAsync("/base-map/" + path, stop)).StatusCode
                );
            }
        }
        // A folder with a gap is no base map.
        File.Delete(Path.Combine(folder, "0_1.png"));
        Assert.Empty(BaseMap.Tiles(folder));
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task No_name_on_a_map_lies_over_another(int width)
    {
        await using var server = await WorkbenchServer.Start();
        await using var browser = await Browser.Start();
        foreach (var language in new[] { "en", "zh" })
        {
            var page = await browser.Person(server.Address, width, 900, language);
            foreach (var region in new[] { "china", "us", "europe" })
            {
                await page.GotoAsync($"/map?region={region}");
                var boxes = await page.EvaluateAsync<double[][]>(
                    "[...document.querySelectorAll('text.place')].map(t => t.getBoundingClientRect()).filter(b => b.width > 0).map(b => [b.left, b.top, b.right, b.bottom])"
                );
                Assert.True(boxes.Length >= 3, $"{region}: {boxes.Length}");
                for (var i = 0; i < boxes.Length; i++)
                {
                    // Large enough to be read.
                    Assert.True(
                        boxes[i][3] - boxes[i][1] > 8,
                        $"{region}: {boxes[i][3] - boxes[i][1]}"
                    );
                    for (var j = 0; j < i; j++)
                    {
                        Assert.False(
                            boxes[i][0] < boxes[j][2]
                                && boxes[j][0] < boxes[i][2]
                                && boxes[i][1] < boxes[j][3]
                                && boxes[j][1] < boxes[i][3],
                            $"{region} at {width} in {language}: {string.Join(' ', boxes[i])} over {string.Join(' ', boxes[j])}"
                        );
                    }
                }
                if (Environment.GetEnvironmentVariable("PLIMSOLL_SHOTS") is { Length: > 0 } shots)
                {
                    await page.ScreenshotAsync(
                        new() { Path = Path.Combine(shots, $"map-{region}-{language}-{width}.png") }
                    );
                }
            }
        }
        Assert.Empty(browser.Errors);
    }
}
